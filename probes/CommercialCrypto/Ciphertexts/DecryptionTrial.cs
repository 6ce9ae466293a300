using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Tries a bounded list of ciphers, modes and layouts with the keys somebody gave, on some values of a column.</summary>
internal sealed class DecryptionTrial(IReadOnlyList<TestKey> keys, byte[]? iv, Sm2PrivateKey? sm2, CancellationToken cancellationToken)
{
    /// <summary>Values of a column that are tried.</summary>
    public const int Values = 24;

    /// <summary>Bytes of a value that are decrypted; longer ones are not tried at all, as their end would be missing.</summary>
    public const int LongestValue = 256 * 1024;

    private const double Share = 0.9;

    /// <summary>Combinations of key, cipher, mode and layout that were computed.</summary>
    public int Tried { get; private set; }

    public bool HasKey => keys.Count > 0 || sm2 is not null;

    /// <summary>Null where no combination gives text.</summary>
    public DecryptionFound? Find(IReadOnlyList<byte[]> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        if (sm2 is not null && OfSm2(values) is { } found)
        {
            return found;
        }

        foreach (var key in keys)
        {
            foreach (var cipher in TrialCipher.Of(key.Bytes))
            {
                using (cipher)
                {
                    if (OfCipher(cipher, key, values) is { } match)
                    {
                        return match;
                    }
                }
            }
        }

        return null;
    }

    private DecryptionFound? OfCipher(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values)
    {
        var size = cipher.BlockSize;
        var fixedIv = iv is { } given && given.Length >= size ? given[..size] : null;
        // The whole value first: CBC and CTR behind a vector also make sense of all but the first block of what has none in front.
        return Gcm(cipher, key, values)
            ?? (fixedIv is null ? null : Blocks(cipher, key, values, "CBC", "所给初始向量", v => Cbc(cipher, fixedIv, v)))
            ?? Blocks(cipher, key, values, "ECB", values.All(v => v.Length == size) ? "单分组（与全零初始向量的 CBC 分不开）" : "", v => cipher.Decrypt(v))
            ?? Blocks(cipher, key, values, "CBC", "全零初始向量", v => Cbc(cipher, new byte[size], v))
            ?? (key.Bytes.Length < size ? null : Blocks(cipher, key, values, "CBC", "密钥作初始向量", v => Cbc(cipher, key.Bytes.AsSpan(0, size), v)))
            ?? Blocks(cipher, key, values, "CBC", "初始向量在前", v => v.Length > size ? Cbc(cipher, v.AsSpan(0, size), v.AsSpan(size)) : null)
            ?? (fixedIv is null ? null : Stream(cipher, key, values, "所给初始计数", v => Ctr(cipher, fixedIv, v)))
            ?? Stream(cipher, key, values, "全零初始计数", v => Ctr(cipher, new byte[size], v))
            ?? Stream(cipher, key, values, "初始计数在前", v => v.Length > size ? Ctr(cipher, v.AsSpan(0, size), v.AsSpan(size)) : null);
    }

    private DecryptionFound? Gcm(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values)
    {
        const int tag = 16;
        foreach (var nonce in new[] { 12, 16 })
        {
            if (Count(values, v => v.Length > nonce + tag ? cipher.OpenGcm(v.AsSpan(0, nonce), v.AsSpan(nonce, v.Length - nonce - tag), v.AsSpan(v.Length - tag)) : null, _ => true) is { } rows)
            {
                return Found(cipher, key, "GCM", $"{nonce} 字节随机数在前、校验码在后", "", rows, values.Count, authenticated: true);
            }
        }

        return iv is { } fixedNonce && Count(values, v => v.Length > tag ? cipher.OpenGcm(fixedNonce, v.AsSpan(0, v.Length - tag), v.AsSpan(v.Length - tag)) : null, _ => true) is { } given
            ? Found(cipher, key, "GCM", "所给随机数、校验码在后", "", given, values.Count, authenticated: true)
            : null;
    }

    private DecryptionFound? Blocks(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values, string mode, string layout, Func<byte[], byte[]?> decrypt)
    {
        if (values.Any(v => v.Length % cipher.BlockSize != 0))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Count(values, decrypt, p => Unpadded(p, cipher.BlockSize) is { } plain && IsText(plain)) is { } padded ? Found(cipher, key, mode, layout, "PKCS#7 填充", padded, values.Count)
            : Count(values, decrypt, p => IsText(p.AsSpan().TrimEnd((byte)0))) is { } zeros ? Found(cipher, key, mode, layout, "补零或无填充", zeros, values.Count)
            : null;
    }

    private DecryptionFound? Stream(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values, string layout, Func<byte[], byte[]?> decrypt)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Count(values, decrypt, p => p.Length >= 4 && IsText(p)) is { } rows ? Found(cipher, key, "CTR", layout, "", rows, values.Count) : null;
    }

    private DecryptionFound? OfSm2(IReadOnlyList<byte[]> values)
    {
        foreach (var (order, layout) in new (bool HashFirst, string)[] { (true, "C1‖C3‖C2"), (false, "C1‖C2‖C3") })
        {
            if (Count(values, v => Open(v, order), _ => true) is { } rows)
            {
                return new DecryptionFound { Combination = $"SM2，{layout}，所给私钥", Algorithm = "SM2", Mode = "", IsNational = true, StrengthBits = 128, IsAuthenticated = true, Rows = rows, OfRows = values.Count };
            }
        }

        return null;
    }

    private byte[]? Open(byte[] value, bool hashFirst)
    {
        if (Sm2Shape.Of(value) is not { } shape || (shape.IsDer && !hashFirst))
        {
            return null;
        }

        const int hash = 32;
        byte[] rest = hashFirst ? shape.Rest : [.. shape.Rest.AsSpan(shape.Rest.Length - hash), .. shape.Rest.AsSpan(0, shape.Rest.Length - hash)];
        try
        {
            return sm2!.DecryptRaw([.. shape.C1, .. rest]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>How many values become what is asked for; null below nine of ten.</summary>
    private int? Count(IReadOnlyList<byte[]> values, Func<byte[], byte[]?> decrypt, Func<byte[], bool> isRight)
    {
        Tried++;
        var (right, wrong) = (0, 0);
        foreach (var value in values)
        {
            if (decrypt(value) is { } plain && isRight(plain))
            {
                right++;
            }
            else if (++wrong > values.Count * (1 - Share))
            {
                return null;
            }
        }

        return right;
    }

    private static bool IsText(ReadOnlySpan<byte> plain) => plain.Length > 0 && TextPatterns.TextOf(plain) is not null;

    private static byte[]? Unpadded(byte[] padded, int blockSize)
    {
        if (padded.Length == 0)
        {
            return null;
        }

        int pad = padded[^1];
        return pad >= 1 && pad <= blockSize && pad <= padded.Length && !padded.AsSpan(padded.Length - pad).ContainsAnyExcept((byte)pad) ? padded[..^pad] : null;
    }

    private static byte[] Cbc(TrialCipher cipher, ReadOnlySpan<byte> start, ReadOnlySpan<byte> blocks)
    {
        var plain = cipher.Decrypt(blocks);
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] ^= i < start.Length ? start[i] : blocks[i - start.Length];
        }

        return plain;
    }

    private static byte[] Ctr(TrialCipher cipher, ReadOnlySpan<byte> start, ReadOnlySpan<byte> data)
    {
        var size = start.Length;
        var counters = new byte[(data.Length + size - 1) / size * size];
        var counter = start.ToArray();
        for (var at = 0; at < counters.Length; at += size)
        {
            counter.CopyTo(counters, at);
            for (var i = size - 1; i >= 0 && ++counter[i] == 0; i--)
            {
                // The carry goes on.
            }
        }

        var mask = cipher.Encrypt(counters);
        var plain = data.ToArray();
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] ^= mask[i];
        }

        return plain;
    }

    private static DecryptionFound Found(TrialCipher cipher, TestKey key, string mode, string layout, string padding, int rows, int of, bool authenticated = false) => new()
    {
        Combination = string.Join("，", new[] { $"{cipher.Name}-{mode}", layout, padding, $"密钥为{key.Form}" }.Where(p => p.Length > 0)),
        Algorithm = cipher.Name.StartsWith("AES", StringComparison.Ordinal) ? "AES" : cipher.Name,
        Mode = mode,
        IsNational = cipher.IsNational,
        StrengthBits = cipher.StrengthBits,
        IsAuthenticated = authenticated,
        Rows = rows,
        OfRows = of,
    };
}
