using System.ComponentModel;
using System.Formats.Asn1;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What was signed, told from the digest inside the signature.</summary>
public enum SignedContent
{
    /// <summary>SM3(Z || message), as GB/T 32918.2 has it.</summary>
    [Description("消息本身")]
    Message,

    /// <summary>SM3(Z || SM3(message)): the application hashes first and signs the digest as its message.</summary>
    [Description("消息的 SM3 摘要")]
    Digest,

    /// <summary>As <see cref="Digest"/>, over the digest written in hexadecimal or base64.</summary>
    [Description("消息的 SM3 摘要的文字写法")]
    DigestText,

    /// <summary>SM3(message): the signer's identification and key are left out.</summary>
    [Description("没有 Z 值的 SM3 摘要")]
    WithoutIdentity,

    /// <summary>SHA-256 in the place of SM3.</summary>
    [Description("SHA-256 摘要")]
    OtherHash,
}

/// <summary>How the signature itself is written.</summary>
public enum SignatureForm
{
    [Description("r‖s")]
    Raw,
    [Description("DER")]
    Der,

    /// <summary>Long lengths, superfluous zeros or bytes behind it: strict verifiers refuse it.</summary>
    [Description("不规范的 DER")]
    LooseDer,

    /// <summary>Numbers whose first bit is set are written without the zero octet, and so are negative.</summary>
    [Description("缺少符号字节的 DER")]
    NegativeDer,
    [Description("s‖r（次序颠倒）")]
    Swapped,
    [Description("r、s 小端序")]
    LittleEndian,
    [Description("把文字再编码一次")]
    EncodedTwice,
}

/// <summary>How a signature was found to hold.</summary>
/// <param name="Content">What was signed.</param>
/// <param name="Form">How it is written.</param>
/// <param name="UserId">The identification hashed: the declared one, the default one, or empty; null where none was.</param>
/// <param name="IsRegular">As the standards have it, with the identification that was declared or else the default one.</param>
internal sealed record SignatureFit(SignedContent Content, SignatureForm Form, string? UserId, bool IsRegular);

/// <summary>
/// Decides one SM2 signature. From the signature and the key comes the digest it is about; comparing that with the digests of every plausible
/// reading costs hashes alone, so that a wrong one is named instead of merely refused.
/// </summary>
internal sealed class SignatureTrial(byte[]? declaredUserId)
{
    private const string DefaultName = "1234567812345678";
    private const int LongestEncoded = 400;

    private readonly (byte[] Id, string Name)[] _identities = declaredUserId is { Length: > 0 } own && !own.AsSpan().SequenceEqual(Sm2.DefaultUserId.Span)
        ? [(own, Encoding.UTF8.GetString(own)), (Sm2.DefaultUserId.ToArray(), DefaultName), ([], "")]
        : [(Sm2.DefaultUserId.ToArray(), DefaultName), ([], "")];

    private readonly ConditionalWeakTable<Sm2PublicKey, PreparedKey> _prepared = [];

    private volatile bool _digestLast;

    /// <param name="key">Of the signer.</param>
    /// <param name="message">The bytes the record stands for.</param>
    /// <param name="signature">Decoded once.</param>
    /// <param name="thorough">Also tries writings nobody should use; a failed record costs four times as much.</param>
    /// <returns>Null where no reading fits.</returns>
    public SignatureFit? Run(Sm2PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, bool thorough)
    {
        if (signature.Length == Sm2Raw && Fit(key, message, signature) is { } raw)
        {
            return Made(raw, SignatureForm.Raw);
        }

        if (signature is [0x30, ..] && Sm2Signature.TryDecode(signature, out var strict))
        {
            return Fit(key, message, strict) is { } der ? Made(der, SignatureForm.Der) : null;
        }

        return thorough ? Odd(key, message, signature) : null;
    }

    /// <summary>What two signatures of one key have in common if they were made with one random number.</summary>
    /// <returns>Null where it cannot be told of this reading.</returns>
    public byte[]? RandomOf(Sm2PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, SignatureFit fit)
    {
        byte[] raw;
        if (signature.Length == Sm2Raw && fit.Form == SignatureForm.Raw)
        {
            raw = signature.ToArray();
        }
        else if (fit.Form != SignatureForm.Der || !Sm2Signature.TryDecode(signature, out raw))
        {
            return null;
        }

        var z = fit.UserId is { } id ? Array.Find(Prepared(key).Identities, i => i.Name == id).Z ?? [] : [];
        return fit.Content switch
        {
            SignedContent.Message => Sm2Signature.RandomAbscissa(raw, Hash(z, message)),
            SignedContent.Digest => Sm2Signature.RandomAbscissa(raw, Hash(z, Sm3.HashData(message))),
            SignedContent.WithoutIdentity => Sm2Signature.RandomAbscissa(raw, Sm3.HashData(message)),
            _ => null,
        };
    }

    private SignatureFit Made((SignedContent Content, string? UserId) fit, SignatureForm form) => new(
        fit.Content,
        form,
        fit.UserId,
        fit.Content is SignedContent.Message or SignedContent.Digest or SignedContent.DigestText && form is SignatureForm.Raw or SignatureForm.Der && fit.UserId == _identities[0].Name);

    /// <summary>Tells apart "malformed" and "wrong".</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> signature) =>
        Sm2Signature.IsWellFormed(signature) || (signature is [0x30, ..] && Sm2Signature.TryDecode(signature, out _));

    private const int Sm2Raw = 2 * Sm2.FieldSizeInBytes;

    private SignatureFit? Odd(Sm2PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        foreach (var (form, bytes) in OddForms(signature.ToArray()))
        {
            if (Fit(key, message, bytes) is { } fit)
            {
                return Made(fit, form);
            }
        }

        return null;
    }

    private static IEnumerable<(SignatureForm Form, byte[] Raw)> OddForms(byte[] signature)
    {
        const int field = Sm2.FieldSizeInBytes;
        if (signature.Length == Sm2Raw)
        {
            yield return (SignatureForm.Swapped, [.. signature.AsSpan(field), .. signature.AsSpan(0, field)]);
            var reversed = (byte[])signature.Clone();
            Array.Reverse(reversed, 0, field);
            Array.Reverse(reversed, field, field);
            yield return (SignatureForm.LittleEndian, reversed);
        }
        else if (Loose(signature) is var (r, s, negative))
        {
            yield return (negative ? SignatureForm.NegativeDer : SignatureForm.LooseDer, [.. r, .. s]);
        }
        else if (signature.Length is > 0 and <= LongestEncoded && Ascii.IsValid(signature) && SignatureText.Decode(Encoding.ASCII.GetString(signature), out _) is { } again)
        {
            if (again.Length == Sm2Raw)
            {
                yield return (SignatureForm.EncodedTwice, again);
            }
            else if (Sm2Signature.TryDecode(again, out var raw))
            {
                yield return (SignatureForm.EncodedTwice, raw);
            }
        }
    }

    /// <summary>Two numbers in a SEQUENCE by BER, whatever else is wrong with them.</summary>
    private static (byte[] R, byte[] S, bool IsNegative)? Loose(byte[] signature)
    {
        try
        {
            var sequence = new AsnReader(signature, AsnEncodingRules.BER).ReadSequence();
            var (r, s) = (sequence.ReadIntegerBytes().ToArray(), sequence.ReadIntegerBytes().ToArray());
            var negative = r[0] >= 0x80 || s[0] >= 0x80;
            return Fixed(r) is { } rr && Fixed(s) is { } ss ? (rr, ss, negative) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static byte[]? Fixed(byte[] number)
    {
        var value = new BigInteger(number, isUnsigned: true, isBigEndian: true);
        if (value.GetByteCount(isUnsigned: true) > Sm2.FieldSizeInBytes)
        {
            return null;
        }

        var bytes = new byte[Sm2.FieldSizeInBytes];
        value.TryWriteBytes(bytes.AsSpan(bytes.Length - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    private (SignedContent Content, string? UserId)? Fit(Sm2PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> raw)
    {
        if (Usual(key, message, raw) is { } usual)
        {
            return usual;
        }

        if (key.RecoverDigest(raw) is not { } signed)
        {
            return null;
        }

        var identities = Prepared(key).Identities;
        foreach (var (z, name) in identities)
        {
            if (Same(signed, Hash(z, message)))
            {
                _digestLast = false;
                return (SignedContent.Message, name);
            }
        }

        var fit = FitDigest(signed, message, identities);
        _digestLast = fit is null ? _digestLast : fit.Value.Content == SignedContent.Digest;
        return fit;
    }

    /// <summary>
    /// The reading that held last, by the plain verifier, which may be a good deal faster. At most one reading of a signature holds, so that
    /// the order of trying changes nothing but time.
    /// </summary>
    private (SignedContent Content, string? UserId)? Usual(Sm2PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> raw)
    {
        var content = _digestLast ? SignedContent.Digest : SignedContent.Message;
        return Prepared(key).Usual.Verify(_digestLast ? Sm3.HashData(message) : message, raw, Sm2SignatureForm.Raw) == Sm2SignatureVerdict.Valid ? (content, _identities[0].Name) : null;
    }

    private PreparedKey Prepared(Sm2PublicKey key) => _prepared.GetValue(key, k => new(
        new Sm2VerificationKey(k, _identities[0].Id), Array.ConvertAll(_identities, i => (k.IdentityHash(i.Id), i.Name))));

    private static (SignedContent Content, string? UserId)? FitDigest(byte[] signed, ReadOnlySpan<byte> message, (byte[] Z, string Name)[] identities)
    {
        var digest = Sm3.HashData(message);
        if (Same(signed, digest))
        {
            return (SignedContent.WithoutIdentity, null);
        }

        byte[][] texts = [Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest)), Encoding.ASCII.GetBytes(Convert.ToHexString(digest)), Encoding.ASCII.GetBytes(Convert.ToBase64String(digest))];
        foreach (var (z, name) in identities)
        {
            if (Same(signed, Hash(z, digest)))
            {
                return (SignedContent.Digest, name);
            }

            if (Array.Exists(texts, t => Same(signed, Hash(z, t))))
            {
                return (SignedContent.DigestText, name);
            }

            if (Same(signed, SHA256.HashData([.. z, .. message])))
            {
                return (SignedContent.OtherHash, name);
            }
        }

        return Same(signed, SHA256.HashData(message)) ? (SignedContent.OtherHash, null) : null;
    }

    private static byte[] Hash(byte[] z, ReadOnlySpan<byte> message)
    {
        var hash = new Sm3();
        hash.Append(z);
        hash.Append(message);
        return hash.GetHashAndReset();
    }

    /// <summary>What of a key is the same for all its signatures.</summary>
    private sealed record PreparedKey(Sm2VerificationKey Usual, (byte[] Z, string Name)[] Identities);

    private static bool Same(byte[] signed, byte[] digest) => signed.AsSpan().SequenceEqual(Sm2.ReduceDigest(digest));
}
