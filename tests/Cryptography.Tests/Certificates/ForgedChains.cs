using System.Security.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Keys made once, because making RSA keys takes longer than the tests that use them.</summary>
internal static class ForgedChains
{
    public static DateTimeOffset Now => CertificateForm.Now;

    public static IReadOnlyList<ForgedKey> Keys { get; } =
    [
        ForgedKey.Rsa(), ForgedKey.Ecdsa(), ForgedKey.Ecdsa(ECCurve.NamedCurves.nistP384), ForgedKey.Ecdsa(ECCurve.NamedCurves.nistP521), ForgedKey.Rsa(),
        ForgedKey.Ecdsa(), ForgedKey.Rsa(), ForgedKey.Ecdsa(),
    ];

    public static CertificateDetails Read(this ForgedCertificate certificate) => Read(certificate.Der);

    public static CertificateDetails Read(byte[] der)
    {
        var details = CertificateDetails.TryRead(der, out var problem);
        Assert.True(details is not null, problem);
        return details;
    }

    public static CertificatePath Find(ForgedCertificate leaf, IEnumerable<ForgedCertificate> sent, IEnumerable<ForgedCertificate> anchors, IEnumerable<ForgedCertificate>? supplied = null) =>
        CertificatePath.Find(new PathQuestion
        {
            Leaf = leaf.Read(),
            Presented = [.. sent.Select(Read)],
            Supplied = [.. (supplied ?? []).Select(Read)],
            Anchors = [.. anchors.Select(Read)],
            At = Now,
            Purpose = PathQuestion.ServerAuth,
        });

    public static string Faults(this CertificatePath path) => string.Join(' ', path.Faults.Select(f => $"{f.Kind}@{f.Position}"));
}
