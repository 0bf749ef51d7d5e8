//! Steps about personal data: identities protected and opened, data erased by two persons.

use netra_docket::act::{Act, ErasureConfirmed, ErasureProposed, IdentityOpened, IdentityProtected, PersonalPart};
use netra_docket::matter::{ErasureProposal, Matter};
use netra_docket::person::Person;
use netra_law::time::short_moment;

use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

/// Nobody sees an identity any more without an act of opening.
pub fn protect(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let options = parts::person_options(matter.persons.iter().filter(|p| matter.may_be_protected(p)));
    let person = parts::person(asker, "Identitas siapa yang dilindungi?", options);
    asker.note(
        "Sesudah ini namanya tidak tampil lagi di halaman dan surat mana pun, juga bagi kantor ini. Membukanya adalah \
         tindakan yang tercatat.",
    );
    let reason = asker.text("reason", "Mengapa perlu dilindungi?", "", "", Need::Required("Tulis alasannya."));
    Some(Act::IdentityProtected(IdentityProtected { person: person?, reason: reason.into() }))
}

/// An officer looks at a protected identity, and the docket tells so.
pub fn open(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let whole = |p: &&Person| !matter.is_erased(p.no, PersonalPart::Identity);
    let protected = |p: &&Person| matter.protected.contains(&p.no);
    let options = parts::person_options(matter.persons.iter().filter(protected).filter(whole));
    let person = parts::person(asker, "Identitas siapa yang dibuka?", options);
    asker.note(
        "Pembukaan ini tercatat tetap dengan nama Anda. Identitasnya tampil sebentar, hanya untuk Anda; sesudah itu perlu \
         pembukaan baru.",
    );
    let reason =
        asker.text("reason", "Untuk apa identitas ini diperlukan?", "", "", Need::Required("Tulis keperluannya."));
    Some(Act::IdentityOpened(IdentityOpened { person: person?, reason: reason.into() }))
}

/// The first of two persons who erase.
pub fn propose_erasure(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let whole = |p: &&Person| !matter.is_erased(p.no, PersonalPart::Identity);
    let person =
        parts::person(asker, "Data siapa yang dihapus?", parts::person_options(matter.persons.iter().filter(whole)));
    let choices = PersonalPart::ALL.iter().map(|part| Choice::new(part.id(), part.indonesian())).collect();
    let default = [PersonalPart::Identity.id().to_owned()];
    let need = Need::Required("Pilih sekurang-kurangnya satu.");
    let chosen = asker.checks("parts", "Apa yang dihapus?", "", choices, &default, need);
    let grounds: Vec<Choice> = scene
        .law
        .erasure_grounds()
        .iter()
        .map(|g| Choice::new(&g.id, format!("{} ({})", g.title, g.basis.cite)))
        .collect();
    let ground = asker.choice("ground", "Dasar hukum", "", grounds, "", Need::Required("Pilih dasar hukumnya."));
    asker.note(
        "Belum ada yang dihapus: orang lain harus menyetujui. Yang dihapus tidak dapat dikembalikan. Catatan tindakan, \
         barang bukti, dan nama yang tertulis di dalam uraian bebas tidak ikut terhapus; betulkan uraian itu lebih dahulu.",
    );
    let reason = asker.text("reason", "Mengapa dasar itu terpenuhi?", "", "", Need::Required("Tulis alasannya."));
    let parts = PersonalPart::ALL.into_iter().filter(|part| chosen.iter().any(|id| id == part.id())).collect();
    Some(Act::ErasureProposed(ErasureProposed { person: person?, parts, ground: ground?, reason: reason.into() }))
}

/// The second person.
pub fn confirm_erasure(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let options = matter.erasures.iter().map(|p| Choice::new(p.act.to_string(), proposal(scene, matter, p))).collect();
    let default = match matter.erasures.as_slice() {
        [only] => only.act.to_string(),
        _ => String::new(),
    };
    let need = Need::Required("Pilih usulnya.");
    let chosen = asker.choice("proposal", "Usul yang disetujui", "", options, &default, need);
    asker.note("Begitu dicatat, data itu dan kuncinya dihapus untuk selamanya. Yang mengusulkan tidak dapat menyetujui sendiri.");
    let proposal = matter.erasures.iter().find(|p| Some(p.act.to_string()) == chosen)?;
    if asker.is_reading() && proposal.by == scene.by {
        asker.problems.add("proposal", "Usul ini Anda buat sendiri. Minta orang lain menyetujuinya.");
    }
    Some(Act::ErasureConfirmed(ErasureConfirmed { proposal: proposal.act, seals: Vec::new() }))
}

fn proposal(scene: &Scene<'_>, matter: &Matter, proposal: &ErasureProposal) -> String {
    let what: Vec<&str> = proposal.what.parts.iter().map(|part| part.indonesian()).collect();
    let whom = matter.person(proposal.what.person).map(parts::person_text).unwrap_or_default();
    let ground = scene.law.erasure_ground(&proposal.what.ground);
    let ground = ground.map_or_else(|| proposal.what.ground.clone(), |g| g.title.clone());
    format!("{whom}: {} ({ground}; diusulkan {})", what.join(", "), short_moment(proposal.at))
}
