"""Signing in.

Guide: e-mail first, Continue, password; help center: 'Sign in with single sign on'.
"""

from __future__ import annotations

from page_objects.words.word import Word

SIGN_IN_EMAIL = Word(
    "sign_in_email",
    (
        "Email",
        "E-mail",
        "Email address",
        "E-mail address",
        "Work email",
        "Your email",
        "Username",
        "Email or username",
        "Work email address",
        "Enter your email",
        "Enter your email address",
        "User name",
        "User ID",
        "Login",
        "Email or phone",
        "Email, phone, or Skype",
        "you@company.com",
        "name@company.com",
    ),
)
PASSWORD = Word("password", ("Password", "Your password", "Enter your password", "Current password"))
CONTINUE = Word("continue", ("Continue", "Next", "Continue with email"))
LOG_IN = Word(  # the last ones: usual for identity providers
    "log_in",
    (
        "Log in",
        "Login",
        "Sign in",
        "Continue",
        "Next",
        "Submit",
        "Sign on",
        "Log on",
        "Verify",
        "SSO Login",
    ),
)
SINGLE_SIGN_ON = Word(
    "single_sign_on",
    (
        "Sign in with single sign on",
        "Sign in with SSO",
        "Single sign-on",
        "Continue with SSO",
        "Sign in with single sign-on",
        "Log in with single sign on",
        "Log in with single sign-on",
        "Continue with single sign on",
        "Continue with single sign-on",
        "Log in with SSO",
        "Login with SSO",
        "Use single sign-on",
        "Use SSO",
        "Single sign on",
        "Single Sign-On (SSO)",
        "SSO",
    ),
)
CODE = Word(  # usual
    "code",
    (
        "Code",
        "Verification code",
        "Authentication code",
        "One-time code",
        "One time code",
        "Security code",
        "Authenticator code",
        "Authenticator app code",
        "Two-factor code",
        "Two-factor authentication code",
        "2FA code",
        "MFA code",
        "6-digit code",
        "Six-digit code",
        "Enter code",
        "Enter your code",
        "Enter the code",
        "Enter verification code",
        "Enter the 6-digit code",
        "Enter 6-digit code",
        "Passcode",
        "One-time passcode",
        "One-time password",
        "OTP",
        "Token",
    ),
)
VERIFY = Word(  # usual
    "verify",
    (
        "Verify",
        "Verify code",
        "Confirm",
        "Confirm code",
        "Submit",
        "Submit code",
        "Continue",
        "Next",
        "Authenticate",
        "Log in",
        "Login",
        "Sign in",
        "Verify and continue",
        "Verify and sign in",
        "Done",
    ),
)
STAY_SIGNED_IN = Word(  # usual; answered with no
    "stay_signed_in",
    (
        "Stay signed in?",
        "Keep me signed in?",
        "Stay logged in?",
        "Remember this device?",
        "Remember this browser?",
        "Trust this device?",
        "Trust this browser?",
        "Save this device?",
        "Save this browser?",
        "Do you want to stay signed in?",
        "Do you trust this device?",
        "Do you trust this browser?",
    ),
)
STAY_SIGNED_OUT = Word(
    "stay_signed_out",
    (
        "No",
        "Not now",
        "No, thanks",
        "No thanks",
        "Don't trust",
        "Don't remember",
        "Skip",
        "Skip for now",
        "Maybe later",
    ),
)
