"""The actions of the dialogue. Importing this imports rasa-sdk, which takes half a second."""

from __future__ import annotations

from typing import Any

from handlers.dialogue.actions import (
    afterwards,
    doubt,
    emergency,
    filing,
    form,
    needs,
    replies,
    requests,
    submitting,
    voices,
)
from handlers.dialogue.scope import Scopes

_CLASSES = (
    form.ValidateRequestForm,
    form.AskAddress,
    form.AskDoor,
    form.AskTime,
    form.AskRecipient,
    form.AskContact,
    form.AskAgain,
    form.TimeOver,
    form.DoWithout,
    form.UseSaved,
    form.AddWords,
    form.KeepWords,
    form.WhatIsOpen,
    needs.TakeNeeds,
    needs.AddNeeds,
    needs.AddHeld,
    needs.ReplaceNeed,
    needs.SwitchToHeld,
    needs.WithdrawNeed,
    needs.KeepOnly,
    needs.AskSwitch,
    needs.RepeatSwitch,
    doubt.RepeatChoices,
    doubt.OfferChoices,
    doubt.PickItem,
    doubt.AskReword,
    doubt.OfferOtherItems,
    doubt.KeepDetails,
    filing.ShowCard,
    filing.AskWhatIsWrong,
    submitting.SubmitRequests,
    submitting.RepeatSame,
    submitting.FollowSame,
    submitting.FileAnyway,
    filing.HandOver,
    filing.AskStop,
    filing.StopForm,
    filing.GoOn,
    filing.DropNeed,
    emergency.RaiseEmergency,
    emergency.UpdateEmergency,
    emergency.AskEmergencyOver,
    emergency.CancelEmergency,
    emergency.EmergencyGoesOn,
    requests.AnswerStatus,
    requests.Urge,
    requests.CancelOwn,
    requests.CancelConfirmed,
    requests.RestoreOwn,
    requests.KeepRequest,
    requests.ForgetQuestion,
    requests.Change,
    requests.PickRequest,
    afterwards.AnswerQuestion,
    afterwards.TakeNote,
    afterwards.ConfirmSolvedInWords,
    afterwards.Complain,
    afterwards.Praise,
    voices.AskHuman,
    voices.TakeVoice,
    voices.SendVoice,
)


def make_actions(scopes: Scopes) -> list[Any]:
    """One instance of every action, for `ActionExecutor.register_action`."""
    return [*(kind(scopes) for kind in _CLASSES), *replies.replies(scopes)]
