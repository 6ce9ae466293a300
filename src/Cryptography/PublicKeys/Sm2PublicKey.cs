using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>An SM2 public key: a point of the recommended curve of GM/T 0003.5-2012. Immutable; may be used from several threads at once.</summary>
public sealed class Sm2PublicKey : IEquatable<Sm2PublicKey>
{
    private const string SpkiLabel = "PUBLIC KEY";
    private readonly byte[] _point;

    private Sm2PublicKey(byte[] point, in Sm2AffinePoint affine)
    {
        _point = point;
        Multiples = new Sm2KeyMultiples(affine);
        Fingerprint = Convert.ToHexStringLower(Sm3.HashData(ExportSpki()));
    }

    /// <summary>SM3 over the SubjectPublicKeyInfo, 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>04 || X || Y.</summary>
    internal ReadOnlySpan<byte> Point => _point;

    internal Sm2KeyMultiples Multiples { get; }

    /// <summary>Takes an uncompressed point.</summary>
    /// <param name="point">04 || X || Y, 65 bytes.</param>
    /// <exception cref="CryptographicException">Another length or form, or a point off the curve.</exception>
    public static Sm2PublicKey FromPoint(ReadOnlySpan<byte> point) =>
        Sm2AffinePoint.TryRead(point, out var affine)
            ? new Sm2PublicKey(point.ToArray(), affine)
            : throw new CryptographicException("SM2 公钥须为 65 字节的 04||X||Y，且落在推荐曲线上。");

    /// <summary>Reads a SubjectPublicKeyInfo (RFC 5480): id-ecPublicKey with the named SM2 curve and an uncompressed point.</summary>
    /// <exception cref="DerRejectedException">Not such a structure, or beyond <see cref="DerLimits.Key"/>.</exception>
    /// <exception cref="CryptographicException">The point is malformed or off the curve.</exception>
    public static Sm2PublicKey ImportSpki(ReadOnlySpan<byte> spki)
    {
        var point = DerGuard.Read(spki.ToArray(), DerLimits.Key, "SM2 公钥", static reader =>
        {
            var key = reader.ReadSequence();
            Sm2KeyAlgorithm.Read(key);
            var bits = key.ReadBitString(out var unused);
            key.ThrowIfNotEmpty();
            return unused == 0 ? bits : throw new DerRejectedException("公钥位串的未用位数不为零", 0);
        });
        return FromPoint(point);
    }

    /// <summary>Reads the first PEM section "PUBLIC KEY" (RFC 7468).</summary>
    /// <exception cref="CryptographicException">No such section, or its content is refused by <see cref="ImportSpki"/>.</exception>
    public static Sm2PublicKey ImportPem(string pem) => ImportSpki(PemSection.Require(pem, SpkiLabel).Der);

    /// <summary>04 || X || Y, 65 bytes, a new array.</summary>
    public byte[] ExportPoint() => (byte[])_point.Clone();

    /// <summary>SubjectPublicKeyInfo in DER, a new array of 91 bytes.</summary>
    public byte[] ExportSpki()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Sm2KeyAlgorithm.Write(writer);
            writer.WriteBitString(_point);
        }

        return writer.Encode();
    }

    /// <summary>SubjectPublicKeyInfo as PEM "PUBLIC KEY", lines ending in LF.</summary>
    public string ExportPem() => PemSection.Write(SpkiLabel, ExportSpki());

    /// <summary>
    /// Verifies a DER signature; the data is hashed with Z and SM3 here (GM/T 0003.2 clause 7). For many signatures of one signer,
    /// <see cref="Sm2VerificationKey"/> keeps what does not change. The time taken depends on the data, all of which are public.
    /// </summary>
    /// <param name="data">The signed message itself, not its digest.</param>
    /// <param name="signatureDer">SEQUENCE { r, s } in strict DER.</param>
    /// <param name="userId">The signer's identification, at most 8191 bytes; empty means <see cref="Sm2.DefaultUserId"/>.</param>
    /// <returns>False for a wrong signature and for every malformed one.</returns>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is too long.</exception>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signatureDer, ReadOnlySpan<byte> userId = default) =>
        new Sm2VerificationKey(this, userId).Verify(data, signatureDer) == Sm2SignatureVerdict.Valid;

    /// <summary>As <see cref="Verify"/> for a signature given as r || s, 64 bytes.</summary>
    public bool VerifyRaw(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> userId = default) =>
        new Sm2VerificationKey(this, userId).Verify(data, signature, Sm2SignatureForm.Raw) == Sm2SignatureVerdict.Valid;

    /// <summary>As <see cref="Verify"/> with an identification of no bytes at all, which some stacks sign with against the standards.</summary>
    public bool VerifyWithEmptyUserId(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signatureDer) =>
        Sm2VerificationKey.WithEmptyUserId(this).Verify(data, signatureDer) == Sm2SignatureVerdict.Valid;

    /// <summary>
    /// The digest e modulo n that a signature was made over: (r - x1) mod n with (x1, y1) = s·G + (r + s)·P (GB/T 32918.2-2016 clause 7).
    /// The signature verifies exactly when e is congruent to SM3(Z || message), so that one computation tells which reading of a message was signed.
    /// </summary>
    /// <param name="signature">r || s, 64 bytes.</param>
    /// <returns>32 bytes big-endian; null where r or s is out of range, or r + s is n.</returns>
    public byte[]? RecoverDigest(ReadOnlySpan<byte> signature) => Sm2Signature.TryRead(signature, Sm2SignatureForm.Raw, out var r, out var s) ? Sm2DigestRecovery.Recover(Multiples, r, s) : null;

    /// <summary>Z of GB/T 32918.2-2016 clause 5.5 for this key.</summary>
    /// <param name="userId">At most 8191 bytes; empty means of no bytes at all, not the default one.</param>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is too long.</exception>
    public byte[] IdentityHash(ReadOnlySpan<byte> userId)
    {
        _ = Sm2UserId.OrDefault(userId);
        return Sm2UserId.Z(_point, userId);
    }

    /// <summary>Encrypts for the owner of this key (GB/T 32918.4-2016 clause 6).</summary>
    /// <param name="plaintext">1 byte up to <see cref="Sm2.MaxPlaintextBytes"/>.</param>
    /// <returns>SM2Cipher in DER: SEQUENCE { x, y, hash, ciphertext } (GM/T 0009-2012 clause 7.2).</returns>
    public byte[] Encrypt(ReadOnlySpan<byte> plaintext) => Sm2Cipher.Encode(EncryptRaw(plaintext));

    /// <summary>As <see cref="Encrypt"/>, returning C1 || C3 || C2 with C1 as 04 || X || Y.</summary>
    public byte[] EncryptRaw(ReadOnlySpan<byte> plaintext) => Sm2Encryption.Encrypt(_point, plaintext);

    public bool Equals(Sm2PublicKey? other) => other is not null && _point.AsSpan().SequenceEqual(other._point);

    public override bool Equals(object? obj) => Equals(obj as Sm2PublicKey);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Fingerprint);

    /// <summary>The fingerprint.</summary>
    public override string ToString() => Fingerprint;
}
