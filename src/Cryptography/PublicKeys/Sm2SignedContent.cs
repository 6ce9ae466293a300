namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>One signature to be judged, with the key and the content it is said to belong to. The memory given is not copied.</summary>
public sealed class Sm2SignedContent
{
    private Sm2SignedContent(Sm2VerificationKey key, ReadOnlyMemory<byte> content, bool isDigest, ReadOnlyMemory<byte> signature, Sm2SignatureForm form)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        Content = content;
        IsDigest = isDigest;
        Signature = signature;
        Form = form;
    }

    internal Sm2VerificationKey Key { get; }

    internal ReadOnlyMemory<byte> Content { get; }

    internal bool IsDigest { get; }

    internal ReadOnlyMemory<byte> Signature { get; }

    internal Sm2SignatureForm Form { get; }

    /// <summary>A signature of a message.</summary>
    /// <param name="key">The signer's key and identification.</param>
    /// <param name="message">The message itself; Z and SM3 are applied by the batch.</param>
    /// <param name="signature">In the form told; any bytes at all may be given.</param>
    /// <param name="form">How the signature is written down.</param>
    public static Sm2SignedContent OfMessage(
        Sm2VerificationKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, Sm2SignatureForm form = Sm2SignatureForm.Der) =>
        new(key, message, isDigest: false, signature, form);

    /// <summary>A signature of e = SM3(Z || message), computed elsewhere.</summary>
    /// <param name="key">The signer's key; the identification has no say.</param>
    /// <param name="digest">e, 32 bytes.</param>
    /// <param name="signature">In the form told; any bytes at all may be given.</param>
    /// <param name="form">How the signature is written down.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is not 32 bytes.</exception>
    public static Sm2SignedContent OfDigest(
        Sm2VerificationKey key, ReadOnlyMemory<byte> digest, ReadOnlyMemory<byte> signature, Sm2SignatureForm form = Sm2SignatureForm.Der) =>
        digest.Length == Sm3.HashSizeInBytes
            ? new(key, digest, isDigest: true, signature, form)
            : throw new ArgumentException($"SM2 签名的摘要须为 {Sm3.HashSizeInBytes} 字节，实为 {digest.Length} 字节。", nameof(digest));
}
