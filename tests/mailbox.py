"""What has been mailed, once the outbox has been emptied as a worker does it."""

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from lnpo.outbox.delivery import sweep


def sent_mails() -> list[EmailMultiAlternatives]:
    sweep()
    return mail.outbox
