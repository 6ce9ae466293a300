using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Finds the signing and encryption certificates that belong together: the same subject, or the only two leaves of a file or folder.</summary>
internal static class PairFinding
{
    public static List<SampledPair> Find(IReadOnlyList<Found<CertificateDetails>> certificates)
    {
        var leaves = certificates.Where(c => c.Value is { Key.Algorithm: "SM2" }).DistinctBy(c => c.Value!.Sha256, StringComparer.Ordinal).ToList();
        var signing = leaves.FindAll(c => CertificateReading.RoleOf(c.Value!) == CertificateRole.Signing);
        var encryption = leaves.FindAll(c => CertificateReading.RoleOf(c.Value!) == CertificateRole.Encryption);
        return [.. encryption.Select(e => PartnerOf(e, signing, encryption) is { } s ? Compare(s, e) : null).OfType<SampledPair>()];
    }

    private static Found<CertificateDetails>? PartnerOf(Found<CertificateDetails> encryption, List<Found<CertificateDetails>> signing, List<Found<CertificateDetails>> all)
    {
        var named = signing.FindAll(s => s.Value!.Subject.Matches(encryption.Value!.Subject));
        if (named.Count > 0)
        {
            return named.Find(s => s.At.File == encryption.At.File) ?? named.Find(s => Folder(s) == Folder(encryption)) ?? named[0];
        }

        bool Beside(Found<CertificateDetails> other) => Folder(other) == Folder(encryption);
        return signing.FindAll(Beside) is [var only] && all.FindAll(Beside).Count == 1 ? only : null;
    }

    private static SampledPair Compare(Found<CertificateDetails> signing, Found<CertificateDetails> encryption)
    {
        var (s, e) = (signing.Value!, encryption.Value!);
        return new SampledPair
        {
            Signing = $"{signing.At}",
            Encryption = $"{encryption.At}",
            Note = $"{signing.At} 与 {encryption.At}",
            DistinctKeys = !s.Key.IsSameAs(e.Key),
            SameSubject = s.Subject.Matches(e.Subject),
            SameIssuer = s.Issuer.Matches(e.Issuer),
            ValidTogether = (s.NotBefore, s.NotAfter, e.NotBefore, e.NotAfter) is ({ } sf, { } st, { } ef, { } et) ? sf <= et && ef <= st : null,
        };
    }

    private static string Folder(Found<CertificateDetails> found) => Path.GetDirectoryName(found.At.File) ?? "";
}
