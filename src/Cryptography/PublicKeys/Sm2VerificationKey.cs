namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// A public key together with the identification its owner signs under, prepared for many signatures: Z is computed once, and from the
/// twelfth signature on a table of 86 KiB saves three quarters of the work; the process keeps the tables of the latest 256 keys. Immutable to its users; may be used from several threads at once.
/// </summary>
/// <remarks>Verification works on public data alone and takes a time that depends on them.</remarks>
public sealed class Sm2VerificationKey
{
    private readonly byte[] _userId;
    private readonly byte[] _z;

    /// <param name="publicKey">The signer's key; several identifications of one key share its table.</param>
    /// <param name="userId">The signer's identification, at most 8191 bytes; empty means <see cref="Sm2.DefaultUserId"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is too long.</exception>
    public Sm2VerificationKey(Sm2PublicKey publicKey, ReadOnlySpan<byte> userId = default)
        : this(publicKey, Sm2UserId.OrDefault(userId).ToArray())
    {
    }

    private Sm2VerificationKey(Sm2PublicKey publicKey, byte[] userId)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        PublicKey = publicKey;
        _userId = userId;
        _z = Sm2UserId.Z(publicKey.Point, userId);
    }

    public Sm2PublicKey PublicKey { get; }

    /// <summary>The identification verified with, as bytes; empty only from <see cref="WithEmptyUserId"/>.</summary>
    public ReadOnlyMemory<byte> UserId => _userId;

    /// <summary>Z of GM/T 0003.2-2012 clause 5.5, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Z => _z;

    /// <summary>With an identification of no bytes at all, which some stacks sign with against the standards.</summary>
    public static Sm2VerificationKey WithEmptyUserId(Sm2PublicKey publicKey) => new(publicKey, Array.Empty<byte>());

    /// <summary>e = SM3(Z || message), 32 bytes: what is signed (GM/T 0003.2-2012 clause 6.1, steps A1 and A2).</summary>
    public byte[] Digest(ReadOnlySpan<byte> message)
    {
        var hash = new Sm3();
        hash.Append(_z);
        hash.Append(message);
        return hash.GetHashAndReset();
    }

    /// <summary>Judges a signature of a message (GM/T 0003.2-2012 clause 7).</summary>
    /// <param name="message">The message itself; Z and SM3 are applied here.</param>
    /// <param name="signature">In the form told; any bytes at all may be given.</param>
    /// <param name="form">How the signature is written down.</param>
    public Sm2SignatureVerdict Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, Sm2SignatureForm form = Sm2SignatureForm.Der) =>
        Sm2Signature.TryRead(signature, form, out var r, out var s) ? Judge(Digest(message), r, s) : Sm2SignatureVerdict.Malformed;

    /// <summary>As <see cref="Verify"/> when e has been computed elsewhere; the identification then has no say.</summary>
    /// <param name="digest">e = SM3(Z || message), 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is not 32 bytes.</exception>
    public Sm2SignatureVerdict VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, Sm2SignatureForm form = Sm2SignatureForm.Der)
    {
        if (digest.Length != Sm3.HashSizeInBytes)
        {
            throw new ArgumentException($"SM2 签名的摘要须为 {Sm3.HashSizeInBytes} 字节，实为 {digest.Length} 字节。", nameof(digest));
        }

        return Sm2Signature.TryRead(signature, form, out var r, out var s) ? Judge(digest, r, s) : Sm2SignatureVerdict.Malformed;
    }

    private Sm2SignatureVerdict Judge(ReadOnlySpan<byte> digest, in Sm2Scalar r, in Sm2Scalar s) =>
        Sm2Equation.Holds(PublicKey.Multiples, Sm2Scalar.Read(digest), r, s) ? Sm2SignatureVerdict.Valid : Sm2SignatureVerdict.Mismatch;
}
