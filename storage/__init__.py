"""The memory: tables, repositories, unit of work, migrations. All SQL is here."""
