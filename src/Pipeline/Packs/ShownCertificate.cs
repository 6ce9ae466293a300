using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>A certificate of the evidence in words, for whoever looks at it.</summary>
/// <param name="Lines">Name of a part and its value, in reading order; a stranger's text.</param>
public sealed record ShownCertificate(IReadOnlyList<(string Name, string Value)> Lines)
{
    private const int Most = 20;

    /// <summary>The first certificates of a PEM, DER or PKCS#7 file; empty where there is none. Never throws on content.</summary>
    public static IReadOnlyList<ShownCertificate> Of(ReadOnlyMemory<byte> file) => [.. CertificateBundle.Read(file).Certificates.Take(Most).Select(Of)];

    private static ShownCertificate Of(CertificateDetails certificate) => new(
    [
        ("使用者", certificate.Subject.Text),
        ("颁发者", certificate.Issuer.Text),
        ("序列号", certificate.SerialNumber),
        ("生效", Time(certificate.NotBefore)),
        ("到期", Time(certificate.NotAfter)),
        ("公钥", $"{certificate.Key.Algorithm} {certificate.Key.Curve} {certificate.Key.Bits} 位"),
        ("签名算法", certificate.SignatureAlgorithm.Name),
        ("SHA-256", certificate.Sha256),
        .. certificate.Values.AlternativeNames is { } names ? [("备用名称", string.Join("、", names.Select(n => n.Labelled)))] : Array.Empty<(string, string)>(),
        .. certificate.Problems.Select(p => ("注意", p)),
    ]);

    private static string Time(DateTimeOffset? time) => time is { } known ? $"{BeijingTime.ClockOf(known):yyyy-MM-dd HH:mm:ss}（北京时间）" : "读不出";
}
