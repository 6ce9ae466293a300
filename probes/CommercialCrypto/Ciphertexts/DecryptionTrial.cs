using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A combination that was seen to work on some values.</summary>
/// <param name="Found">What it is.</param>
/// <param name="Key">The key it took.</param>
/// <param name="FrontBytes">Initialisation vector or random number at the beginning of each value; 0 where there is none.</param>
/// <param name="Open">The plaintext; null where the value did not come from this combination as far as can be told.</param>
internal sealed record WorkingDecryption(DecryptionFound Found, TestKey Key, int FrontBytes, Func<byte[], byte[]?> Open);

/// <summary>Tries a bounded list of ciphers, modes and layouts with keys, on some values of a column.</summary>
internal sealed class DecryptionTrial(IReadOnlyList<TestKey> keys, byte[]? iv, Sm2PrivateKey? sm2, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Values of a column the combination is looked for on; the one found is then tried on all.</summary>
    public const int Values = 24;

    /// <summary>Bytes of such a value.</summary>
    public const int LongestValue = 256 * 1024;

    /// <summary>Bytes of any value that is decrypted; longer ones are not tried at all, as their end would be missing.</summary>
    public const int LongestOpened = 16 * 1024 * 1024;

    private const double Share = 0.9;

    /// <summary>Of a mode that nothing checks, all values together must give so much text: fewer bytes become text by chance.</summary>
    private const int FewestTextBytes = 24;

    private readonly List<TrialCipher> _kept = [];

    /// <summary>Combinations of key, cipher, mode and layout that were computed with keys that were given.</summary>
    public int Tried { get; private set; }

    /// <summary>Somebody gave a key.</summary>
    public bool HasKey => sm2 is not null || keys.Any(k => !k.IsPublic);

    /// <summary>Null where no combination gives text.</summary>
    public WorkingDecryption? Find(IReadOnlyList<byte[]> values)
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
            var before = Tried;
            foreach (var cipher in TrialCipher.Of(key.Bytes))
            {
                _kept.Add(cipher);
                if (OfCipher(cipher, key, values) is { } match)
                {
                    return match;
                }

                _kept.Remove(cipher);
                cipher.Dispose();
            }

            Tried = key.IsPublic ? before : Tried;
        }

        return null;
    }

    public void Dispose() => _kept.ForEach(c => c.Dispose());

    private WorkingDecryption? OfCipher(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values)
    {
        var size = cipher.BlockSize;
        var fixedIv = iv is { } given && given.Length >= size ? given[..size] : null;
        // The whole value first: CBC and CTR behind a vector also make sense of all but the first block of what has none in front.
        return Gcm(cipher, key, values)
            ?? (fixedIv is null ? null : Blocks(cipher, key, values, "CBC", "所给初始向量", 0, v => Cbc(cipher, fixedIv, v)))
            ?? Blocks(cipher, key, values, "ECB", values.All(v => v.Length == size) ? "单分组（与全零初始向量的 CBC 分不开）" : "", 0, v => cipher.Decrypt(v))
            ?? Blocks(cipher, key, values, "CBC", "全零初始向量", 0, v => Cbc(cipher, new byte[size], v))
            ?? (key.Bytes.Length < size ? null : Blocks(cipher, key, values, "CBC", "密钥作初始向量", 0, v => Cbc(cipher, key.Bytes.AsSpan(0, size), v)))
            ?? Blocks(cipher, key, values, "CBC", "初始向量在前", size, v => v.Length > size ? Cbc(cipher, v.AsSpan(0, size), v.AsSpan(size)) : null)
            ?? (fixedIv is null ? null : Stream(cipher, key, values, "所给初始计数", 0, v => Ctr(cipher, fixedIv, v)))
            ?? Stream(cipher, key, values, "全零初始计数", 0, v => Ctr(cipher, new byte[size], v))
            ?? Stream(cipher, key, values, "初始计数在前", size, v => v.Length > size ? Ctr(cipher, v.AsSpan(0, size), v.AsSpan(size)) : null);
    }

    /// <summary>The tag decides, whatever comes out.</summary>
    private WorkingDecryption? Gcm(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values)
    {
        const int tag = 16;
        foreach (var nonce in new[] { 12, 16 })
        {
            if (Works(values, v => v.Length > nonce + tag ? cipher.OpenGcm(v.AsSpan(0, nonce), v.AsSpan(nonce, v.Length - nonce - tag), v.AsSpan(v.Length - tag)) : null) is { } open)
            {
                return Found(cipher, key, "GCM", $"{nonce} 字节随机数在前、校验码在后", "", nonce, open, authenticated: true);
            }
        }

        return iv is { } fixedNonce && Works(values, v => v.Length > tag ? cipher.OpenGcm(fixedNonce, v.AsSpan(0, v.Length - tag), v.AsSpan(v.Length - tag)) : null) is { } given
            ? Found(cipher, key, "GCM", "所给随机数、校验码在后", "", 0, given, authenticated: true)
            : null;
    }

    /// <summary>Right padding and text behind it.</summary>
    private WorkingDecryption? Blocks(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values, string mode, string layout, int front, Func<byte[], byte[]?> decrypt)
    {
        var size = cipher.BlockSize;
        cancellationToken.ThrowIfCancellationRequested();
        return Works(values, v => v.Length % size == 0 && decrypt(v) is { } p && Unpadded(p, size) is { } plain && IsText(plain) ? plain : null) is { } padded ? Found(cipher, key, mode, layout, "PKCS#7 填充", front, padded)
            : Works(values, v => v.Length % size == 0 && decrypt(v) is { } p && IsText(p.AsSpan().TrimEnd((byte)0)) ? p : null) is { } zeros ? Found(cipher, key, mode, layout, "补零或无填充", front, zeros)
            : null;
    }

    /// <summary>Nothing but text tells.</summary>
    private WorkingDecryption? Stream(TrialCipher cipher, TestKey key, IReadOnlyList<byte[]> values, string layout, int front, Func<byte[], byte[]?> decrypt)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Works(values, v => decrypt(v) is { Length: >= 4 } p && IsText(p) ? p : null, FewestTextBytes) is { } open ? Found(cipher, key, "CTR", layout, "", front, open) : null;
    }

    private WorkingDecryption? OfSm2(IReadOnlyList<byte[]> values)
    {
        const int point = 64;
        foreach (var (order, layout) in new (bool HashFirst, string)[] { (true, "C1‖C3‖C2"), (false, "C1‖C2‖C3") })
        {
            if (Works(values, v => Open(v, order)) is { } open)
            {
                return new(new DecryptionFound { Combination = $"SM2，{layout}，所给私钥", Algorithm = "SM2", Mode = "", IsNational = true, StrengthBits = 128, IsAuthenticated = true, IvIsFixed = false }, TrialKeys.Number(sm2!), point, open);
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

    /// <summary>What opens a value, where it opens nine of ten.</summary>
    private Func<byte[], byte[]?>? Works(IReadOnlyList<byte[]> values, Func<byte[], byte[]?> open, int fewestBytes = 1)
    {
        Tried++;
        var (bytes, wrong) = (0L, 0);
        foreach (var value in values)
        {
            if (open(value) is { } plain)
            {
                bytes += plain.Length;
            }
            else if (++wrong > values.Count * (1 - Share))
            {
                return null;
            }
        }

        return bytes >= fewestBytes ? open : null;
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

    private static WorkingDecryption Found(TrialCipher cipher, TestKey key, string mode, string layout, string padding, int front, Func<byte[], byte[]?> open, bool authenticated = false) => new(
        new()
        {
            Combination = string.Join("，", new[] { $"{cipher.Name}-{mode}", layout, padding, key.IsPublic ? key.Words : $"密钥为{key.Form}" }.Where(p => p.Length > 0)),
            Algorithm = cipher.Name.StartsWith("AES", StringComparison.Ordinal) ? "AES" : cipher.Name,
            Mode = mode,
            IsNational = cipher.IsNational,
            StrengthBits = cipher.StrengthBits,
            IsAuthenticated = authenticated,
            IvIsFixed = front == 0,
        },
        key,
        front,
        open);
}
