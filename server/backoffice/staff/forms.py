"""The forms of signing in, of one's own account, and of the staff page."""

from typing import Any

from wtforms import Field, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its types are older
from wtforms.validators import InputRequired, Length

from server.backoffice.form import OfficeForm
from server.backoffice.page import say
from server.backoffice.rights import Role
from server.backoffice.staff.security import LONGEST, MOST_EMAIL, SHORTEST, find_email

MOST_NAME, MOST_CODE = 80, 40
EASY = ("0123456789", "1234567890", "abcdefghij", "azertyuiop", "qwertyuiop", "password", "motdepasse")


class StaffForm(OfficeForm):
    """Its labels are keys of texts."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self:
            field.label.text = say(field.label.text)


def is_email(_form: StaffForm, field: Field) -> None:
    """An address as it is kept; raises ValidationError."""
    if not field.data and not field.flags.required:
        field.data = None
        return
    found = find_email(field.data or "")
    if found is None:
        raise ValidationError(say("staff.error.email"))
    field.data = found


def is_name(_form: StaffForm, field: Field) -> None:
    field.data = " ".join((field.data or "").split())
    if not 0 < len(field.data) <= MOST_NAME:
        raise ValidationError(say("staff.error.name", most=MOST_NAME))


def is_new_password(_form: StaffForm, field: Field) -> None:
    """Long enough, and not what everybody tries first; raises ValidationError."""
    given = field.data or ""
    if not SHORTEST <= len(given) <= LONGEST:
        raise ValidationError(say("staff.error.length", least=SHORTEST, most=LONGEST))
    plain = given.lower()
    if len(set(plain)) < 5 or any(easy in plain and len(plain) < len(easy) + 6 for easy in EASY):
        raise ValidationError(say("staff.error.easy"))


class SignInForm(StaffForm):
    email = StringField("staff.email", [InputRequired(), Length(max=MOST_EMAIL)],
                        render_kw={"type": "email", "autocomplete": "username", "autofocus": True})
    password = PasswordField("staff.password", [InputRequired(), Length(max=LONGEST)],
                             render_kw={"autocomplete": "current-password"})


class CodeForm(StaffForm):
    code = StringField("staff.code", [InputRequired(), Length(max=MOST_CODE)],
                       render_kw={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"})


class AppForm(StaffForm):
    code = StringField("staff.six_digits", [InputRequired(), Length(max=MOST_CODE)],
                       render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"})


class JoinForm(StaffForm):
    email = StringField("staff.email", [InputRequired(), is_email],
                        render_kw={"type": "email", "autocomplete": "username"})
    name = StringField("staff.name", [InputRequired(), is_name],
                       render_kw={"autocomplete": "name", "maxlength": MOST_NAME})
    password = PasswordField("staff.new_password", [InputRequired(), is_new_password],
                             render_kw={"autocomplete": "new-password"})


class NewPasswordForm(StaffForm):
    password = PasswordField("staff.new_password", [InputRequired(), is_new_password],
                             render_kw={"autocomplete": "new-password"})


class ChangePasswordForm(StaffForm):
    old = PasswordField("staff.old_password", [InputRequired(), Length(max=LONGEST)],
                        render_kw={"autocomplete": "current-password"})
    password = PasswordField("staff.new_password", [InputRequired(), is_new_password],
                             render_kw={"autocomplete": "new-password"})


class PersonForm(StaffForm):
    name = StringField("staff.name", [InputRequired(), is_name],
                       render_kw={"autocomplete": "name", "maxlength": MOST_NAME})
    locale = SelectField("office.language", choices=[SelectChoice("en", "English"), SelectChoice("fr", "Français")])


class InviteForm(StaffForm):
    role = SelectField("staff.role")
    email = StringField("staff.email_if_known", [is_email], render_kw={"type": "email", "autocomplete": "off"})

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.role.choices = [SelectChoice(value, label) for value, label in role_choices()]


class RoleForm(StaffForm):
    role = SelectField("staff.role")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.role.choices = [SelectChoice(value, label) for value, label in role_choices()]


def role_choices() -> list[tuple[str, str]]:
    """The roles by their names; the one that may do everything comes last, so that nobody gives it unawares."""
    return [(role.value, say(f"role.{role}")) for role in sorted(Role, key=lambda role: role == Role.OWNER)]
