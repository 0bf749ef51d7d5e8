//! What goes into the store and what comes out.

mod account;
mod account_event;
mod custody;
mod docket;
mod error;
mod lead;
mod mail_address;
mod office;
mod outbox;
mod recording;
mod registers;
mod session;
mod token;

pub use account::{Account, AccountState, Role};
pub use account_event::{AccountEvent, AccountEventKind};
pub use custody::{Custody, CustodyEntry, CustodyKind, Touch};
pub use docket::{
    Closed, Cursor, DeskCounts, DeskPage, DeskQuery, DeskRow, Docket, Draft, Form, Notice, Privacy, Scope,
};
pub use error::{RecordError, StoreError};
pub use lead::{
    BadLeadId, Lead, LeadCursor, LeadId, LeadKind, LeadOpening, LeadOrder, LeadPage, LeadQuery, LeadRelation,
    LeadSource, LeadState, NewLead,
};
pub use mail_address::{BadMailAddress, MailAddress};
pub use office::{CalendarChange, CalendarKind, Office, OfficeKind};
pub use outbox::{
    BadNoticeId, BadNoticeReason, Fate, NewNotice, NoticeCounts, NoticeDelivery, NoticeId, NoticeKind, NoticeReason,
    NoticeRow, NoticeSettings, NoticeState,
};
pub use recording::{NewAct, PublicReceipt, Recorded, Recording};
pub use registers::{
    AgreedPair, Content, EntryState, ListId, ListKind, ListRecord, Look, LookEntry, LookKind, NewList, NewPair, NewRun,
    Pair, PairClarified, PairDecision, PairId, PairRecord, PairVerdict, RegisterError, ReviewState, RunCounts, RunId,
    RunRecord, RunResult, RunState,
};
pub use session::{NewSession, Session, SessionId, SessionStage};
pub use token::{Repeated, Token, TokenScope};
