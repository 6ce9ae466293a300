using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>A seal maker, a signer and a file, for tests of seals.</summary>
internal static class SealFixtures
{
    public const string Path = "/Doc_0/Signs/Sign_0/Signature.xml";
    private static readonly Lazy<ForgedCertificate> RootOnce = new(static () => ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Seal Root, C=CN"), ForgedKey.Sm2()));
    private static readonly Lazy<ForgedCertificate> MakerOnce = new(static () => Issue("CN=Seal Maker, C=CN", 5));
    private static readonly Lazy<ForgedCertificate> SignerOnce = new(static () => Issue("CN=Signer, C=CN", 6));

    public static ForgedCertificate Root => RootOnce.Value;

    public static ForgedCertificate Maker => MakerOnce.Value;

    public static ForgedCertificate Signer => SignerOnce.Value;

    public static byte[] File { get; } = "<Signature>签名描述</Signature>"u8.ToArray();

    public static byte[] Seal(SealStandard standard)
    {
        using var key = Sm2PrivateKey.ImportPem(Maker.Key.Pem);
        return SealMaking.Make(
            new SealForm { Standard = standard, SealId = "0001", Name = "测试章", Users = [Signer.Der], ValidFrom = CertificateForm.Now.AddDays(-10), ValidTo = CertificateForm.Now.AddDays(100), Picture = new byte[500] },
            key,
            Maker.Der);
    }

    public static byte[] Value(SealStandard standard, Func<byte[], byte[]>? stamp = null)
    {
        using var key = Sm2PrivateKey.ImportPem(Signer.Key.Pem);
        return SealMaking.Sign(new SealUse { Seal = Seal(standard), Standard = standard, SignedFile = File, Path = Path, At = CertificateForm.Now, Certificate = Signer.Der, Stamp = stamp }, key);
    }

    public static SealReport Verify(byte[] value, byte[]? seal = null, SealTrust? trust = null) =>
        SealVerification.Run(new SealQuestion { Value = value, SignedFile = File, SignedFilePath = Path, SealFile = seal, Trust = trust ?? SealTrust.None });

    private static ForgedCertificate Issue(string subject, int serial) => Root.Issue(
        new CertificateForm { Subject = subject, Serial = serial, KeyUsage = X509KeyUsageFlags.DigitalSignature, Purposes = null, DnsNames = [], Addresses = [] }, ForgedKey.Sm2());
}
