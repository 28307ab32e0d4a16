"""Texts of Django and allauth that we say in our own words.

Their own Dutch says "u" or speaks of things as engineers do. Our catalogue comes before theirs; naming the
texts here keeps them in it, because the catalogue is collected from our code.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

PASSWORDS = [
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("This account is currently inactive."),
    gettext_noop("Incorrect password."),
    gettext_noop("Please type your current password."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Password successfully changed."),
    gettext_noop("Password successfully set."),
    gettext_noop("Signed out of all other sessions."),
    gettext_noop("Be patient, you are sending too many requests."),
]
SECOND_STEP = [
    gettext_noop("Authenticator code"),
    gettext_noop("Incorrect code."),
    gettext_noop("Use your password"),
    gettext_noop("Use authenticator app or code"),
    gettext_noop("Use a security key"),
    gettext_noop("Authenticator app activated."),
    gettext_noop("Authenticator App Activated"),
    gettext_noop("Authenticator app deactivated."),
    gettext_noop("Authenticator App Deactivated"),
    gettext_noop("You cannot deactivate two-factor authentication."),
    gettext_noop("You cannot activate two-factor authentication until you have verified your email address."),
    gettext_noop("You cannot add an email address to an account protected by two-factor authentication."),
    gettext_noop("You cannot generate recovery codes without having two-factor authentication enabled."),
    gettext_noop("A new set of recovery codes has been generated."),
    gettext_noop("A new set of Two-Factor Authentication recovery codes has been generated."),
    gettext_noop("New Recovery Codes Generated"),
]
PASSKEYS = [
    gettext_noop("Master key"),
    gettext_noop("Backup key"),
    gettext_noop("Passwordless"),
    gettext_noop(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional"
        " requirements such as biometrics or PIN protection."
    ),
    gettext_noop("Key nr. {number}"),
    gettext_noop("Security key added."),
    gettext_noop("Security Key Added"),
    gettext_noop("A new security key has been added."),
    gettext_noop("Security key removed."),
    gettext_noop("Security Key Removed"),
    gettext_noop("A security key has been removed."),
]
ADDRESSES = [
    gettext_noop("A user is already registered with this email address."),
    gettext_noop("Your primary email address must be verified."),
    gettext_noop("You cannot remove your primary email address (%(email)s)."),
    gettext_noop("Unable to confirm %(email)s because it is already confirmed by a different account."),
    gettext_noop("Confirmation email sent to %(email)s."),
    gettext_noop("You have confirmed %(email)s."),
    gettext_noop("Removed email address %(email)s."),
    gettext_noop("Primary email address set."),
    gettext_noop("Email Changed"),
    gettext_noop("Your email has been changed from %(from_email)s to %(to_email)s."),
    gettext_noop("Email Confirmation"),
    gettext_noop("Email Removed"),
    gettext_noop("Email address %(deleted_email)s has been removed from your account."),
]
