using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>PFX (RFC 7292 §4) as far as it is readable without its passphrase: MAC, and the bags that are not inside an encrypted part.</summary>
internal static class Pkcs12File
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string SignedData = "1.2.840.113549.1.7.2";
    private const int MaxBags = 2000;

    private static readonly Asn1Tag Explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly DerLimits Limits = new(KeyContainerReader.MaxBytes, 64 * 1024) { MaxIntegerBytes = 2056 };

    /// <param name="type">Content type of authSafe.</param>
    /// <param name="content">Behind it.</param>
    /// <param name="pfx">Behind authSafe.</param>
    public static KeyContainer Read(string type, AsnReader content, AsnReader pfx)
    {
        var bare = new KeyContainer { Format = KeyContainerFormat.Pkcs12, IsClear = null, HoldsPrivateKey = null, WhyNoTrial = "没有口令校验值（MAC），不尝试口令" };
        if (type == SignedData)
        {
            return bare with { WhyNoTrial = "以公钥签名保护完整性，没有口令校验值" };
        }

        var safe = content.ReadSequence(Explicit).ReadOctetString();
        var contents = new Contents();
        DerGuard.Check(safe, Limits);
        for (var parts = new AsnReader(safe, AsnEncodingRules.DER).ReadSequence(); parts.HasData && contents.Bags < MaxBags;)
        {
            contents.Add(parts.ReadSequence());
        }

        var found = bare with
        {
            IsClear = contents.ClearKey,
            HoldsPrivateKey = contents.ClearKey || contents.ShroudedKey is not null ? true : contents.Hidden ? null : false,
            Certificates = contents.Certificates,
            Kdf = contents.ShroudedKey?.Kdf,
            Cipher = contents.ShroudedKey?.Cipher,
            Iterations = contents.ShroudedKey?.Iterations,
        };
        return pfx.HasData ? WithMac(found, pfx.ReadSequence(), safe) : found.WithKeyCheck(contents.ShroudedKey);
    }

    /// <summary>Without a MAC the key's own encryption can be tried.</summary>
    private static KeyContainer WithKeyCheck(this KeyContainer found, KeyContainer? key) =>
        key?.Check is null ? found : found with { Check = key.Check, WhyNoTrial = null };

    private static KeyContainer WithMac(KeyContainer found, AsnReader mac, byte[] safe)
    {
        var info = mac.ReadSequence();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var digest = info.ReadOctetString();
        var salt = mac.ReadOctetString();
        var iterations = (long)BigInteger.Max(1, BigInteger.Min(mac.HasData ? mac.ReadInteger() : BigInteger.One, long.MaxValue));
        if (HashOf(oid) is not { } hash || salt.Length == 0)
        {
            return found with { Kdf = found.Kdf ?? oid, Iterations = found.Iterations ?? iterations, WhyNoTrial = $"不认识口令校验值的算法 {oid}" };
        }

        return found with
        {
            Kdf = $"PKCS12-KDF（{hash.Name}）",
            Iterations = Math.Min(found.Iterations ?? long.MaxValue, iterations),
            Check = new MacCheck(hash, salt, iterations, safe, digest),
            WhyNoTrial = null,
        };
    }

    private static HashAlgorithmName? HashOf(string oid) => oid switch
    {
        "1.3.14.3.2.26" => HashAlgorithmName.SHA1,
        "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
        "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
        "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>HMAC over AuthenticatedSafe (RFC 7292 §4).</summary>
    private sealed class MacCheck(HashAlgorithmName hash, byte[] salt, long iterations, byte[] safe, byte[] expected) : IPassphraseCheck
    {
        public long Cost => iterations;

        public bool Opens(string passphrase)
        {
            var key = Pkcs12Kdf.Derive(hash, passphrase, salt, iterations, Pkcs12Kdf.ForMac, expected.Length);
            return CryptographicOperations.FixedTimeEquals(CryptographicOperations.HmacData(hash, key, safe), expected);
        }
    }

    private sealed class Contents
    {
        public bool ClearKey { get; private set; }

        public bool Hidden { get; private set; }

        public KeyContainer? ShroudedKey { get; private set; }

        public List<ReadOnlyMemory<byte>> Certificates { get; } = [];

        public int Bags { get; private set; }

        public void Add(AsnReader part)
        {
            var type = part.ReadObjectIdentifier();
            if (type != Data)
            {
                Hidden = true;
                return;
            }

            var safe = part.ReadSequence(Explicit).ReadOctetString();
            DerGuard.Check(safe, Limits);
            for (var bags = new AsnReader(safe, AsnEncodingRules.DER).ReadSequence(); bags.HasData && Bags < MaxBags; Bags++)
            {
                AddBag(bags.ReadSequence());
            }
        }

        private void AddBag(AsnReader bag)
        {
            var type = bag.ReadObjectIdentifier();
            var value = bag.ReadSequence(Explicit);
            switch (type)
            {
                case "1.2.840.113549.1.12.10.1.1":
                    ClearKey = true;
                    break;
                case "1.2.840.113549.1.12.10.1.2":
                    ShroudedKey ??= EncryptedKey.TryRead(value.ReadSequence());
                    break;
                case "1.2.840.113549.1.12.10.1.3":
                    var certificate = value.ReadSequence();
                    certificate.ReadObjectIdentifier();
                    Certificates.Add(certificate.ReadSequence(Explicit).ReadOctetString());
                    break;
            }
        }
    }
}
