using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Recognises private key containers by their content. Never throws on content; never keeps a decoded key.</summary>
public static class KeyContainerReader
{
    /// <summary>Longest container read, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly DerLimits Limits = new(MaxBytes, 64 * 1024) { MaxIntegerBytes = 2056 };

    /// <summary>Reads a section of a PEM file.</summary>
    /// <param name="label">Such as <c>RSA PRIVATE KEY</c>.</param>
    /// <param name="headers">Lines such as <c>DEK-Info: AES-256-CBC,…</c> (RFC 1421 §4.6.1.3), by name.</param>
    /// <param name="body">The decoded base64.</param>
    /// <param name="problem">Why it could not be read, for people; null where it was, or is no private key.</param>
    /// <returns>Null where the section holds no private key, or cannot be read.</returns>
    public static KeyContainer? ReadPem(string label, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, out string? problem)
    {
        problem = null;
        if (label == "OPENSSH PRIVATE KEY")
        {
            return OpenSshKey.TryRead(body.Span, out problem);
        }

        if (label == "PGP PRIVATE KEY BLOCK")
        {
            return new KeyContainer { Format = KeyContainerFormat.Pgp, IsClear = null, WhyNoTrial = "不解读 OpenPGP 私钥的加密方式" };
        }

        if (!label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
        {
            return label is "PKCS12" or "PFX" ? ReadDer(body, out problem) : null;
        }

        if (headers.TryGetValue("DEK-Info", out var scheme))
        {
            return TraditionalPem.Read(label, scheme, body);
        }

        var found = ReadDer(body, out problem);
        problem ??= found is null ? $"{label} 段的内容不是该类私钥的结构" : null;
        return found;
    }

    /// <summary>Reads a whole file that is neither PEM nor DER: Java and BouncyCastle stores, PuTTY keys, JSON Web Keys.</summary>
    /// <returns>Null where it is none of them.</returns>
    public static KeyContainer? ReadFile(ReadOnlyMemory<byte> file, out string? problem)
    {
        problem = null;
        var bytes = file.Span;
        if (bytes.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(bytes) is JavaKeyStore.JksMagic or JavaKeyStore.JceksMagic)
        {
            return JavaKeyStore.TryRead(file, out problem);
        }

        if (BouncyKeyStore.IsLikely(bytes))
        {
            return BouncyKeyStore.Read(bytes);
        }

        return bytes.StartsWith("PuTTY-User-Key-File-"u8) ? PuttyKey.Read(bytes) : JsonWebKey.TryRead(file);
    }

    /// <summary>Reads one DER element: PKCS#8, PKCS#1, SEC 1, PKCS#12 …</summary>
    /// <returns>Null where it is no private key; certificates and other structures are not, and are no problem.</returns>
    public static KeyContainer? ReadDer(ReadOnlyMemory<byte> der, out string? problem)
    {
        problem = null;
        try
        {
            DerGuard.Check(der, Limits);
            return Recognise(der);
        }
        catch (DerRejectedException refused)
        {
            problem = refused.Message;
        }
        catch (AsnContentException)
        {
            // Admitted DER of another structure.
        }

        return null;
    }

    private static KeyContainer? Recognise(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        if (outer.PeekTag() == Asn1Tag.Sequence)
        {
            return EncryptedKey.TryRead(outer);
        }

        if (!outer.PeekTag().HasSameClassAndValue(Asn1Tag.Integer) || !outer.TryReadInt32(out var version) || !outer.HasData)
        {
            return null;
        }

        var next = outer.PeekTag();
        if (next.HasSameClassAndValue(Asn1Tag.Integer))
        {
            return ReadIntegers(outer, version);
        }

        if (next == Asn1Tag.PrimitiveOctetString)
        {
            return version == 1 ? ReadSec1(outer) : null;
        }

        return next == Asn1Tag.Sequence ? ReadVersioned(outer, version) : null;
    }

    /// <summary>Behind a version number a PrivateKeyInfo has an algorithm, a PFX a content type, and so has the store of SM2 keys.</summary>
    private static KeyContainer? ReadVersioned(AsnReader outer, int version)
    {
        var inner = outer.ReadSequence();
        if (!inner.HasData || !inner.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            return null;
        }

        var oid = inner.ReadObjectIdentifier();
        if (version == 3 && oid is Pkcs12File.Data or Pkcs12File.SignedData)
        {
            return Pkcs12File.Read(oid, inner, outer);
        }

        if (oid == "1.2.156.10197.6.1.4.2.1")
        {
            return new KeyContainer
            {
                Format = KeyContainerFormat.SmKeyFile, IsClear = false, Algorithm = "SM2", Cipher = "SM4-CBC", WhyNoTrial = "这种文件的口令派生方式没有公开规范，不尝试口令",
            };
        }

        if (version is not (0 or 1) || !outer.HasData || outer.PeekTag() != Asn1Tag.PrimitiveOctetString)
        {
            return null;
        }

        var curve = inner.HasData && inner.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) ? inner.ReadObjectIdentifier() : null;
        return new KeyContainer { Format = KeyContainerFormat.Pkcs8, IsClear = true, Algorithm = KeyName(oid, curve) };
    }

    private static KeyContainer ReadSec1(AsnReader key)
    {
        key.ReadEncodedValue();
        var parameters = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var curve = key.HasData && key.PeekTag() == parameters ? key.ReadSequence(parameters).ReadObjectIdentifier() : null;
        return new KeyContainer { Format = KeyContainerFormat.Sec1, IsClear = true, Algorithm = curve == Sm2.CurveOid ? "SM2" : "ECDSA" };
    }

    /// <summary>RSAPrivateKey has a version and eight numbers (RFC 8017 §A.1.2), the old DSA structure a version and five.</summary>
    private static KeyContainer? ReadIntegers(AsnReader rest, int version)
    {
        var count = 0;
        for (; rest.HasData && rest.PeekTag().HasSameClassAndValue(Asn1Tag.Integer) && count < 16; count++)
        {
            rest.ReadEncodedValue();
        }

        return (count, version) switch
        {
            ( >= 8, 0 or 1) => new KeyContainer { Format = KeyContainerFormat.Pkcs1, IsClear = true, Algorithm = "RSA" },
            (5, 0) => new KeyContainer { Format = KeyContainerFormat.Dsa, IsClear = true, Algorithm = "DSA" },
            _ => null,
        };
    }

    internal static string KeyName(string oid, string? curve) => oid switch
    {
        SubjectKey.RsaOid => "RSA",
        SubjectKey.RsaPssOid => "RSA-PSS",
        SubjectKey.DsaOid => "DSA",
        Sm2.EcPublicKeyOid => curve == Sm2.CurveOid ? "SM2" : "ECDSA",
        _ => CertificateAlgorithms.KeyName(oid),
    };

    /// <summary>A line of text from untrusted bytes, ASCII letters, digits and a few signs alone.</summary>
    internal static string Word(ReadOnlySpan<byte> text) =>
        new([.. Encoding.Latin1.GetString(text[..Math.Min(text.Length, 64)]).Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '@' or '.' or '_' or '+')]);
}
