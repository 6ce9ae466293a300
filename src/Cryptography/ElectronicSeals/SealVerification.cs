using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Verifies what a SignedValue.dat holds, whichever shape it has. Never throws on content.</summary>
public static class SealVerification
{
    private const int RawLength = 64;

    public static SealReport Run(SealQuestion question)
    {
        var value = question.Value;
        if (value.Length == RawLength && Sm2Signature.IsWellFormed(value.Span) && value.Span[0] != 0x30)
        {
            return Bare();
        }

        if (value.Length <= 80 && Sm2Signature.TryDecode(value.Span, out _))
        {
            return Bare();
        }

        if (SealSignature.TryRead(value, out var notSeal) is { } signature)
        {
            return new SealSteps(question, signature).Run();
        }

        if (SignedMessage.TryRead(value, out var notMessage) is { } message)
        {
            return new MessageSteps(question, message).Run();
        }

        var why = $"按印章签名读：{notSeal}；按签名消息读：{notMessage}";
        return new SealReport
        {
            Shape = SealShape.Unknown,
            Checks = [new(SealStep.Shape, SealOutcome.Fails, "印章签名、签名消息或 64/70 字节左右的 SM2 签名值", $"{value.Length} 字节，结构读不出", why)],
        };
    }

    private static SealReport Bare() => new()
    {
        Shape = SealShape.BareSm2,
        Checks =
        [
            new(SealStep.Shape, SealOutcome.Holds, "SM2 签名值", "SM2 签名值", "只有签名值，没有证书"),
            new(SealStep.SignerSignature, SealOutcome.Undecided, "签名者的证书", "文件中没有", "需要另行提供签名证书才能验证"),
        ],
    };

    /// <summary>Null where the algorithm is not one this tool verifies.</summary>
    internal static bool? Verifies(CertificateDetails certificate, string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        Verifies(certificate, SignatureAlgorithm.Of(algorithm), signed, signature);

    /// <inheritdoc cref="Verifies(CertificateDetails, string, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    internal static bool? Verifies(CertificateDetails certificate, SignatureAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (certificate.Key.Algorithm != "SM2")
        {
            return algorithm.Verify(certificate.Key, signed, signature) switch
            {
                SignatureCheck.Valid => true,
                SignatureCheck.Invalid => false,
                _ => null,
            };
        }

        try
        {
            var key = new Sm2VerificationKey(Sm2PublicKey.ImportSpki(certificate.Key.Spki.Span));
            return key.Verify(signed, signature, signature.Length == RawLength && signature[0] != 0x30 ? Sm2SignatureForm.Raw : Sm2SignatureForm.Der) == Sm2SignatureVerdict.Valid
                || (signature.Length == RawLength && key.Verify(signed, signature, Sm2SignatureForm.Raw) == Sm2SignatureVerdict.Valid);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    internal static string Hex(ReadOnlySpan<byte> bytes) => bytes.Length <= RawLength ? Convert.ToHexStringLower(bytes) : $"{Convert.ToHexStringLower(bytes[..RawLength])}…（{bytes.Length} 字节）";
}
