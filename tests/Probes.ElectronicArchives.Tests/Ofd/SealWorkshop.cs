using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>A root, a seal maker, a signer and a stranger, with SM2 keys made once for all tests.</summary>
internal sealed class SealWorkshop
{
    private static readonly Lazy<SealWorkshop> One = new(() => new SealWorkshop());
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private SealWorkshop()
    {
        Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=印章测试根, O=SmartCity Lab, C=CN") with { NotBefore = From.AddYears(-5), NotAfter = From.AddYears(20) }, ForgedKey.Sm2());
        Maker = Issue("CN=制章系统, O=SmartCity Lab, C=CN", 31);
        Signer = Issue("CN=某区行政审批局, O=SmartCity Lab, C=CN", 32);
        Stranger = Issue("CN=无关单位, O=SmartCity Lab, C=CN", 33);
        Lapsed = Issue("CN=某区行政审批局, O=SmartCity Lab, C=CN", 34, From, From.AddMonths(6));
    }

    public static SealWorkshop Shared => One.Value;

    /// <summary>When tests sign: inside the validity of all but <see cref="Lapsed"/>.</summary>
    public static DateTimeOffset Day { get; } = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);

    public ForgedCertificate Root { get; }

    public ForgedCertificate Maker { get; }

    public ForgedCertificate Signer { get; }

    public ForgedCertificate Stranger { get; }

    /// <summary>Its certificate had expired on <see cref="Day"/>.</summary>
    public ForgedCertificate Lapsed { get; }

    public SealTrust Trust => new([CertificateDetails.TryRead(Root.Der, out _)!], []);

    public static Sm2PrivateKey KeyOf(ForgedCertificate one) => Sm2PrivateKey.ImportPem(one.Key.Pem);

    public byte[] Seal(SealStandard standard = SealStandard.V4, ForgedCertificate? user = null, DateTimeOffset? until = null, bool digests = false)
    {
        using var key = KeyOf(Maker);
        return SealMaking.Make(
            new SealForm
            {
                Standard = standard, SealId = "51012300000001", Name = "某区行政审批局电子印章", Users = [(user ?? Signer).Der], ListsDigests = digests,
                ValidFrom = From, ValidTo = until ?? From.AddYears(5), Picture = new byte[] { 0x89, 0x50, 0x4E, 0x47 },
            },
            key,
            Maker.Der);
    }

    private ForgedCertificate Issue(string subject, int serial, DateTimeOffset? from = null, DateTimeOffset? to = null) => Root.Issue(
        new CertificateForm
        {
            Subject = subject, Serial = serial, NotBefore = from ?? From.AddYears(-1), NotAfter = to ?? From.AddYears(10), KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
            Purposes = null, DnsNames = [], Addresses = [],
        },
        ForgedKey.Sm2());
}
