"""What all conversations share: texts, replies, buttons, cards, memory."""
