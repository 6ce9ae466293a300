using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Looks for the computation that turns a known password into its stored value: a bounded list, each tried once.</summary>
internal sealed class PasswordTrial(string account, string password, IReadOnlyList<TestKey> keys, CancellationToken cancellationToken)
{
    /// <summary>Iterated hashes and PBKDF2 are followed so far, and every count on the way is compared.</summary>
    public const int MostIterations = 100_000;

    /// <summary>Where PBKDF2 would have been cut or lengthened to the size stored, which is rare.</summary>
    private const int MostOfOtherSize = 10_000;
    private const int MostRehashes = 20_000;
    private static readonly int[] SaltSplits = [8, 16, 32];

    private readonly byte[] _password = Encoding.UTF8.GetBytes(password);

    /// <summary>How many computations were compared; iteration counts on the way not counted.</summary>
    public int Tried { get; private set; }

    /// <param name="value">As stored.</param>
    /// <param name="reading">What it looks like.</param>
    /// <param name="saltText">Of the salt column; null without one.</param>
    /// <param name="hint">Iterations somebody named; null for none.</param>
    /// <returns>Null where none matches.</returns>
    public PasswordRecipe? Find(string value, PasswordReading reading, string? saltText, long? hint)
    {
        foreach (var (digest, inner) in Splits(value, reading))
        {
            List<Piece> salts = [.. SaltPieces("盐", saltText), .. SaltPieces("值内的盐", reading.Salt)];
            if (inner is not null)
            {
                salts.Add(new Piece("值内的盐", inner));
            }

            salts.Add(new Piece("账号", Encoding.UTF8.GetBytes(account)));
            var found = Plain(digest, salts) ?? Keyed(digest, salts) ?? Iterated(digest, salts) ?? Derived(digest, salts, Math.Min(reading.Iterations ?? hint ?? 0, 1_000_000));
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Whether any recipe of the list could give a value of this shape.</summary>
    public static bool CanCompute(PasswordShape shape) => shape is not (PasswordShape.Bcrypt or PasswordShape.Scrypt or PasswordShape.Argon2 or PasswordShape.Yescrypt
        or PasswordShape.CryptDes or PasswordShape.CryptMd5 or PasswordShape.CryptSha2 or PasswordShape.PlainText or PasswordShape.EncodedText);

    /// <summary>The digest alone, and where the field is longer than it a salt before or behind.</summary>
    private static IEnumerable<(byte[] Digest, byte[]? Salt)> Splits(string value, PasswordReading reading)
    {
        if (reading.Digest is { } whole && NamedDigest.All.Any(d => d.Size == whole.Length))
        {
            yield return (whole, null);
        }

        var bytes = reading.Digest ?? BinaryText.Decode(value)?.Bytes ?? [];
        foreach (var k in SaltSplits.Where(k => NamedDigest.All.Any(d => d.Size == bytes.Length - k)))
        {
            yield return (bytes[k..], bytes[..k]);
            yield return (bytes[..^k], bytes[^k..]);
        }
    }

    private static IEnumerable<Piece> SaltPieces(string label, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            yield break;
        }

        yield return new Piece(label, Encoding.UTF8.GetBytes(text));
        if (BinaryText.Decode(text) is { } decoded)
        {
            yield return new Piece($"{label}（解码后）", decoded.Bytes);
        }
    }

    private PasswordRecipe? Plain(byte[] stored, IReadOnlyList<Piece> salts)
    {
        var outers = NamedDigest.All.Where(d => d.Size == stored.Length).ToList();
        foreach (var message in Messages(salts))
        {
            foreach (var outer in outers)
            {
                if (Matches(outer.Hash(message.Bytes), stored))
                {
                    return Recipe($"{outer.Name}({message.Label})", outer, message.UsesSalt, usesKey: false, 1);
                }

                foreach (var inner in NamedDigest.All)
                {
                    var hex = Convert.ToHexStringLower(inner.Hash(message.Bytes));
                    if (Matches(outer.Hash(Encoding.ASCII.GetBytes(hex)), stored))
                    {
                        return Recipe($"{outer.Name}(十六进制 {inner.Name}({message.Label}))", outer, message.UsesSalt, usesKey: false, 1);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The password, or its hash as front ends send it, alone and with every salt on either side.</summary>
    private IEnumerable<Message> Messages(IReadOnlyList<Piece> salts)
    {
        List<Piece> cores = [new("口令", _password)];
        foreach (var digest in NamedDigest.All)
        {
            var hex = Convert.ToHexStringLower(digest.Hash(_password));
            cores.Add(new($"十六进制 {digest.Name}(口令)", Encoding.ASCII.GetBytes(hex)));
            cores.Add(new($"大写十六进制 {digest.Name}(口令)", Encoding.ASCII.GetBytes(hex.ToUpperInvariant())));
        }

        foreach (var core in cores)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Message(core.Label, core.Bytes, UsesSalt: false);
            foreach (var salt in salts)
            {
                yield return new Message($"{salt.Label} ‖ {core.Label}", [.. salt.Bytes, .. core.Bytes], UsesSalt: true);
                yield return new Message($"{core.Label} ‖ {salt.Label}", [.. core.Bytes, .. salt.Bytes], UsesSalt: true);
                yield return new Message($"{salt.Label} ‖ {core.Label} ‖ {salt.Label}", [.. salt.Bytes, .. core.Bytes, .. salt.Bytes], UsesSalt: true);
            }
        }
    }

    private PasswordRecipe? Keyed(byte[] stored, IReadOnlyList<Piece> salts)
    {
        var outers = NamedDigest.All.Where(d => d.Size == stored.Length).ToList();
        foreach (var outer in outers)
        {
            foreach (var salt in salts)
            {
                if (Matches(outer.Mac(salt.Bytes, _password), stored))
                {
                    return Recipe($"HMAC-{outer.Name}(密钥={salt.Label}, 口令)", outer, usesSalt: true, usesKey: false, 1);
                }

                if (Matches(outer.Mac(_password, salt.Bytes), stored))
                {
                    return Recipe($"HMAC-{outer.Name}(密钥=口令, {salt.Label})", outer, usesSalt: true, usesKey: false, 1);
                }
            }

            foreach (var key in keys)
            {
                foreach (var message in Messages(salts))
                {
                    if (Matches(outer.Mac(key.Bytes, message.Bytes), stored))
                    {
                        return Recipe($"HMAC-{outer.Name}(所给密钥, {message.Label})", outer, message.UsesSalt, usesKey: true, 1);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The hash of the hash and so on, over bytes.</summary>
    private PasswordRecipe? Iterated(byte[] stored, IReadOnlyList<Piece> salts)
    {
        List<Message> starts = [new("口令", _password, false), .. salts.SelectMany(s => new Message[]
        {
            new($"{s.Label} ‖ 口令", [.. s.Bytes, .. _password], true), new($"口令 ‖ {s.Label}", [.. _password, .. s.Bytes], true),
        })];
        foreach (var digest in NamedDigest.All.Where(d => d.Size == stored.Length))
        {
            foreach (var start in starts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var running = digest.Hash(start.Bytes);
                Tried++;
                for (var n = 2; n <= MostRehashes; n++)
                {
                    running = digest.Hash(running);
                    if (running.AsSpan().SequenceEqual(stored))
                    {
                        return Recipe($"{digest.Name} 迭代 {n} 次({start.Label})", digest, start.UsesSalt, usesKey: false, n);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>PBKDF2 (RFC 8018 clause 5.2, GM/T 0091-2020 with SM3): the first block alone, every count on the way compared.</summary>
    private PasswordRecipe? Derived(byte[] stored, IReadOnlyList<Piece> salts, long hint)
    {
        foreach (var digest in NamedDigest.All.Except([NamedDigest.Md5, NamedDigest.Sha384]).OrderBy(d => d.Size == stored.Length ? 0 : 1))
        {
            foreach (var salt in salts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Tried++;
                if (Count(digest, salt.Bytes, stored, Math.Max(hint, digest.Size == stored.Length ? MostIterations : MostOfOtherSize)) is { } count)
                {
                    return Recipe($"PBKDF2-HMAC-{digest.Name}(口令, {salt.Label}, {count} 次)", digest, usesSalt: true, usesKey: false, count);
                }
            }
        }

        return null;
    }

    private int? Count(NamedDigest digest, byte[] salt, byte[] stored, long most)
    {
        var compared = Math.Min(stored.Length, digest.Size);
        var wanted = stored.AsSpan(0, compared);
        var u = digest.Mac(_password, [.. salt, 0, 0, 0, 1]);
        var sum = (byte[])u.Clone();
        for (var n = 1; n <= most; n++)
        {
            if (sum.AsSpan(0, compared).SequenceEqual(wanted))
            {
                return n;
            }

            if ((n & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            u = digest.Mac(_password, u);
            for (var i = 0; i < compared; i++)
            {
                sum[i] ^= u[i];
            }
        }

        return null;
    }

    private bool Matches(byte[] computed, byte[] stored)
    {
        Tried++;
        return computed.AsSpan().SequenceEqual(stored);
    }

    private static PasswordRecipe Recipe(string words, NamedDigest outer, bool usesSalt, bool usesKey, int iterations) => new()
    {
        Recipe = words,
        Algorithm = outer.Name,
        IsNational = outer.IsNational,
        UsesSalt = usesSalt,
        UsesKey = usesKey,
        Iterations = iterations,
    };

    private sealed record Piece(string Label, byte[] Bytes);

    private sealed record Message(string Label, byte[] Bytes, bool UsesSalt);
}
