//! Bundles: how a matter travels from one office to another.
//!
//! A bundle is a [BagIt 1.0](https://www.rfc-editor.org/rfc/rfc8493.html) bag in a zip, so that whoever gets one
//! can check it with tools that know nothing of this program. Its files lie in one folder:
//!
//! | place | what |
//! | --- | --- |
//! | `bagit.txt`, `bag-info.txt` | what BagIt asks for; sender, matter, number of bytes and files |
//! | `data/acts/0001.json` | the record of each act, byte for byte |
//! | `data/ledger/checkpoint.txt` | the signed checkpoint of the ledger in which the acts stand |
//! | `data/ledger/0001.tlog-proof` | the proof of each act ([C2SP tlog-proof](https://c2sp.org/tlog-proof)) |
//! | `data/sheets/…`, `data/exhibits/…` | the forms, and the exhibits |
//! | `data/values.json` | the private values of the acts that the receiver may know: [`Disclosures`] |
//! | `data/ro-crate-metadata.json` | the same list for archives ([RO-Crate 1.1](https://w3id.org/ro/crate/1.1)) |
//! | `manifest-sha256.txt` | the digest of every file below `data/` |
//! | `netra/bundle.json` | who sends what to whom: [`BundleAbout`] |
//! | `tagmanifest-sha256.txt` | the digests of the files above that are not below `data/` |
//! | `netra/signature.txt` | the sender's signature over the file before, as a signed note |
//!
//! SHA-256 of `tagmanifest-sha256.txt` is the [`Fingerprint`]: it stands for every byte but the signature's, and
//! stays the same when the zip is packed again or encrypted. Receipts name it.
//!
//! [`BundleWriter`] writes from front to back, [`verify_bundle`] needs to go back and forth; neither takes memory
//! that grows with the exhibits. Who may be trusted is not decided here but by a
//! [`Directory`](crate::directory::Directory); [`findings()`] brings both together.

mod about;
mod check;
mod content;
mod crate_file;
mod fault;
mod findings;
mod open;
mod pipe;
mod proof;
mod tags;
mod write;

pub(crate) use about::is_digest;
pub use about::{BundleAbout, BundleFile, BundleHead, BundleKind, FileKind, Fingerprint, FingerprintFault, Party};
pub use check::{BundleLimits, VerifiedBundle, open_bundle, verify_bundle};
pub use content::{BundleReader, Disclosed, Disclosures, Excerpted, values_path};
pub use fault::BundleFault;
pub use findings::{Finding, Findings, findings, told_by};
pub use open::is_dossier;
pub use proof::{ActPlace, LogProof, LogProofFault, act_path, checkpoint_path, proof_path};
pub use write::{BundleError, BundleWriter, Expected, NewFile, WrittenBundle};

/// The beginning of what the sender signs, and the name of the layout; a later layout has another number.
pub const FORMAT: &str = "netra-bundle/1";
