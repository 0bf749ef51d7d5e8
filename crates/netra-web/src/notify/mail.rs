//! The mail server: where it is, and handing mails over to it by SMTP.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use netra_store::{MailAddress, NoticeId};

use crate::error::chain;

/// How long the server may be silent.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the way to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte: `smtps://`.
    Tls,
    /// TLS after `STARTTLS`; without it nothing is sent: `smtp://`.
    StartTls,
    /// None: `smtp+plain://`, for a server on this machine or in a closed network.
    Plain,
}

impl MailSecurity {
    const ALL: [MailSecurity; 3] = [MailSecurity::Tls, MailSecurity::StartTls, MailSecurity::Plain];

    fn scheme(self) -> &'static str {
        match self {
            MailSecurity::Tls => "smtps://",
            MailSecurity::StartTls => "smtp://",
            MailSecurity::Plain => "smtp+plain://",
        }
    }

    fn port(self) -> u16 {
        match self {
            MailSecurity::Tls => 465,
            MailSecurity::StartTls => 587,
            MailSecurity::Plain => 25,
        }
    }
}

/// Where the mail server listens: `smtps://HOST[:PORT]`, `smtp://HOST[:PORT]` or `smtp+plain://HOST[:PORT]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpAddress {
    security: MailSecurity,
    host: String,
    port: u16,
}

/// A text that is no address of a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tulis alamat server surel sebagai smtps://HOST:PORT, atau smtp://HOST:PORT bila servernya memakai STARTTLS")]
pub struct BadSmtpAddress;

impl FromStr for SmtpAddress {
    type Err = BadSmtpAddress;

    fn from_str(text: &str) -> Result<SmtpAddress, BadSmtpAddress> {
        let found = MailSecurity::ALL.into_iter().find_map(|s| text.strip_prefix(s.scheme()).map(|rest| (s, rest)));
        let (security, rest) = found.ok_or(BadSmtpAddress)?;
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| BadSmtpAddress)?),
            None => (rest, security.port()),
        };
        let named = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b));
        if named && port > 0 { Ok(SmtpAddress { security, host: host.to_owned(), port }) } else { Err(BadSmtpAddress) }
    }
}

impl fmt::Display for SmtpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}:{}", self.security.scheme(), self.host, self.port)
    }
}

/// Who the program is to the mail server. Never shown, never logged.
#[derive(Clone)]
pub struct MailLogin {
    /// User.
    pub user: String,
    /// Password.
    pub password: String,
}

impl fmt::Debug for MailLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailLogin(…)")
    }
}

/// How mails leave.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Where the server listens.
    pub address: SmtpAddress,
    /// Who the program is to it; none if it asks nobody.
    pub login: Option<MailLogin>,
    /// Whom mails are from.
    pub from: MailAddress,
    /// How many mails one account gets within an hour.
    pub per_hour: u32,
}

/// Why a mail server can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadMailServer {
    /// The sender's address is none.
    #[error("alamat pengirim surel tidak dapat dipakai: periksa --mail-from")]
    From,
    /// A password would go over the network for everybody to read.
    #[error("kata sandi server surel tidak dikirim tanpa enkripsi: pakai smtps:// atau smtp://")]
    PlainPassword,
    /// TLS can't be set up.
    #[error("TLS untuk server surel tidak dapat disiapkan")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mail {
    /// For which notice: sent again, it has the same id, so that a reader sees it once.
    pub(super) notice: NoticeId,
    /// Whom it is for.
    pub(super) to: MailAddress,
    /// Its subject.
    pub(super) subject: String,
    /// Its text.
    pub(super) body: String,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Posted {
    /// The server took it.
    Taken,
    /// The server did not answer, or wants it later.
    Later,
    /// The server refused it for good.
    Refused(u16),
    /// No mail can be made of it.
    Unwritable,
}

/// Hands mails over to a server.
#[derive(Clone, Debug)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    per_hour: u32,
}

impl Mailer {
    /// A mailer for a server. Nothing is asked of it yet.
    ///
    /// # Errors
    /// The sender's address or TLS can't be used, or a password would go unprotected.
    pub fn new(server: MailServer) -> Result<Mailer, BadMailServer> {
        let SmtpAddress { security, host, port } = server.address;
        if security == MailSecurity::Plain && server.login.is_some() {
            return Err(BadMailServer::PlainPassword);
        }
        let tls = match security {
            MailSecurity::Tls => Tls::Wrapper(TlsParameters::new(host.clone()).map_err(BadMailServer::Tls)?),
            MailSecurity::StartTls => Tls::Required(TlsParameters::new(host.clone()).map_err(BadMailServer::Tls)?),
            MailSecurity::Plain => Tls::None,
        };
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host).port(port).tls(tls).timeout(Some(PATIENCE));
        if let Some(login) = server.login {
            builder = builder.credentials(Credentials::new(login.user, login.password));
        }
        let from: Address = server.from.as_str().parse().map_err(|_| BadMailServer::From)?;
        let from = Mailbox::new(Some("Netra".to_owned()), from);
        Ok(Mailer { transport: builder.build(), from, per_hour: server.per_hour })
    }

    /// How many mails one account gets within an hour.
    pub(super) fn per_hour(&self) -> u32 {
        self.per_hour
    }

    /// Hands a mail over.
    pub(super) async fn post(&self, mail: &Mail, at: Timestamp) -> Posted {
        let Some(message) = self.write(mail, at) else { return Posted::Unwritable };
        match self.transport.send(message).await {
            Ok(_) => Posted::Taken,
            Err(error) => judged(&error),
        }
    }

    fn write(&self, mail: &Mail, at: Timestamp) -> Option<Message> {
        let to: Address = mail.to.as_str().parse().ok()?;
        let seconds = Duration::from_secs(u64::try_from(at.as_second()).ok()?);
        let date = SystemTime::UNIX_EPOCH.checked_add(seconds)?;
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject.clone())
            .date(date)
            .message_id(Some(format!("<{}@{}>", mail.notice, self.from.email.domain())))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .ok()
    }
}

/// What an error means for the mail. The log gets its kind and code; its words may quote the recipient.
fn judged(error: &lettre::transport::smtp::Error) -> Posted {
    let code = error.status().map(u16::from);
    match code {
        // The server does not know the program: that is no fault of the mail.
        Some(530..=539) => {
            tracing::error!(code, "the mail server refuses the login of this program");
            Posted::Later
        }
        Some(code) if error.is_permanent() => Posted::Refused(code),
        Some(_) => Posted::Later,
        None => {
            tracing::warn!(error = %chain(error), "the mail server can't be reached");
            Posted::Later
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers_are_read() {
        for (text, whole) in [
            ("smtps://surel.contoh.go.id", "smtps://surel.contoh.go.id:465"),
            ("smtp://surel.contoh.go.id", "smtp://surel.contoh.go.id:587"),
            ("smtp+plain://127.0.0.1:1025", "smtp+plain://127.0.0.1:1025"),
        ] {
            let address: SmtpAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), whole);
            assert_eq!(whole.parse(), Ok(address));
        }
        for bad in [
            "",
            "surel.contoh.go.id",
            "http://a",
            "smtps://",
            "smtps://a:0",
            "smtps://a:x",
            "smtp://a b",
            "smtp://u:p@a",
        ] {
            assert_eq!(bad.parse::<SmtpAddress>(), Err(BadSmtpAddress), "{bad:?}");
        }
    }

    fn server(address: &str, login: Option<MailLogin>) -> MailServer {
        MailServer {
            address: address.parse().unwrap(),
            login,
            from: "netra@contoh.go.id".parse().unwrap(),
            per_hour: 20,
        }
    }

    #[test]
    fn no_password_goes_unprotected_and_none_is_shown() {
        let login = MailLogin { user: "netra".to_owned(), password: "rahasia sekali".to_owned() };
        let refused = Mailer::new(server("smtp+plain://127.0.0.1", Some(login.clone())));
        assert!(matches!(refused, Err(BadMailServer::PlainPassword)));
        assert!(!format!("{:?}", server("smtps://127.0.0.1", Some(login))).contains("rahasia"));
    }

    #[test]
    fn a_mail_has_its_id_and_date_and_says_that_no_answer_is_wanted() {
        let mailer = Mailer::new(server("smtp+plain://127.0.0.1", None)).unwrap();
        let mail = Mail {
            notice: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap(),
            to: "petugas@contoh.go.id".parse().unwrap(),
            subject: "Netra: Batas waktu besok".to_owned(),
            body: "Isi.".to_owned(),
        };
        let at: Timestamp = "2024-01-19T02:00:00Z".parse().unwrap();
        let written = String::from_utf8(mailer.write(&mail, at).unwrap().formatted()).unwrap();
        for part in [
            "Message-ID: <67e55044-10b1-426f-9247-bb680e5fe0c8@contoh.go.id>",
            "Auto-Submitted: auto-generated",
            "Date: Fri, 19 Jan 2024 02:00:00 +0000",
            "Subject: Netra: Batas waktu besok",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(written.contains(part), "{part} in\n{written}");
        }
    }
}
