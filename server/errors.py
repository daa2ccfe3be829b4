"""What the wire says when it says no: one stable code, one sentence, RFC 9457."""

from http import HTTPStatus
from typing import Any

STATUS: dict[str, int] = {
    "malformed": 400,
    "unknown_player": 401,
    "signed_out": 401,
    "not_embeddable": 401,  # as oEmbed has it
    "not_allowed": 403,
    "muted": 403,
    "proof_required": 403,
    "own_ruling": 403,
    "step_up_needed": 403,
    "second_factor_needed": 403,
    "own_role": 403,
    "not_found": 404,
    "campaign_not_found": 404,
    "round_not_found": 404,
    "comment_not_found": 404,
    "report_not_found": 404,
    "claim_not_found": 404,
    "code_not_found": 404,
    "move_not_found": 404,
    "not_muted": 404,
    "method_not_allowed": 405,
    "already_submitted": 409,
    "wave_out_of_order": 409,
    "round_open": 409,
    "round_over": 409,
    "claim_taken": 409,
    "award_changed": 409,
    "cap_reached": 409,
    "code_used": 409,
    "comment_changed": 409,
    "not_appealable": 409,
    "mute_appealed": 409,
    "appeal_settled": 409,
    "last_owner": 409,
    "factor_needed": 409,
    "too_many": 409,
    "email_taken": 409,
    "campaign_sealed": 409,
    "not_rehearsable": 409,
    "poster_revoked": 409,
    "campaign_closed": 410,
    "claim_expired": 410,
    "code_over": 410,
    "move_expired": 410,
    "edit_expired": 410,
    "link_over": 410,
    "too_large": 413,
    "illegal_shots": 422,
    "comment_refused": 422,
    "passkey_refused": 422,
    "picture_refused": 422,
    "campaign_not_open": 423,
    "campaign_paused": 423,
    "code_not_yet": 423,
    "too_early": 425,
    "slow_down": 429,
    "no_rounds_left": 429,
    "internal": 500,
    "format_unknown": 501,  # as oEmbed has it
    "not_ready": 503,
}


class Problem(Exception):
    """A refusal: its code fixes the status, `detail` is one sentence with the numbers in it.

    `more` are further members of the answer (`retry_in_ms`, `index`, `challenge`, …);
    `retry_after` (seconds) becomes the header Retry-After.
    """

    def __init__(self, code: str, detail: str, *, retry_after: int | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.status = STATUS[code]
        self.retry_after = retry_after
        self.more = more

    def as_json(self) -> dict[str, Any]:
        """The body of the application/problem+json answer."""
        title = HTTPStatus(self.status).phrase
        return {"type": "about:blank", "title": title, "status": self.status,
                "code": self.code, "detail": self.detail, **self.more}
