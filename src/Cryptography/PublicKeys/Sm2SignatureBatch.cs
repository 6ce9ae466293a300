using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Many SM2 signatures judged at once, each on its own merits, on all processors.</summary>
public static class Sm2SignatureBatch
{
    private const int ChunkSize = 256;

    /// <summary>Judges every signature.</summary>
    /// <param name="contents">Any number, under one key or many, in any order.</param>
    /// <param name="threads">At most so many threads; zero for one per processor.</param>
    /// <param name="cancellationToken">Looked at every few hundred signatures.</param>
    /// <returns>One verdict per signature, in the order given.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static Sm2SignatureVerdict[] Verify(IReadOnlyList<Sm2SignedContent> contents, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var verdicts = new Sm2SignatureVerdict[contents.Count];
        var order = ByKey(contents);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancellationToken };
        Parallel.For(0, (order.Length + ChunkSize - 1) / ChunkSize, options, chunk =>
        {
            foreach (var (key, i) in order.AsSpan(chunk * ChunkSize, Math.Min(ChunkSize, order.Length - (chunk * ChunkSize))))
            {
                verdicts[i] = Judge(key, contents[i]);
            }
        });
        return verdicts;
    }

    /// <summary>
    /// The signatures of one key one after the other, so that its tables are made once and stay in the cache, under one object for equal keys.
    /// </summary>
    private static (Sm2KeyMultiples Key, int Index)[] ByKey(IReadOnlyList<Sm2SignedContent> contents)
    {
        var keys = new Dictionary<Sm2PublicKey, (Sm2KeyMultiples Multiples, List<int> Indices)>();
        for (var i = 0; i < contents.Count; i++)
        {
            var publicKey = contents[i].Key.PublicKey;
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(keys, publicKey, out var exists);
            if (!exists)
            {
                group = (publicKey.Multiples, []);
            }

            group.Indices.Add(i);
        }

        return [.. keys.Values.SelectMany(static g => g.Indices.Select(i => (g.Multiples, i)))];
    }

    private static Sm2SignatureVerdict Judge(Sm2KeyMultiples key, Sm2SignedContent content)
    {
        if (!Sm2Signature.TryRead(content.Signature.Span, content.Form, out var r, out var s))
        {
            return Sm2SignatureVerdict.Malformed;
        }

        var e = Sm2Scalar.Read(content.IsDigest ? content.Content.Span : content.Key.Digest(content.Content.Span));
        return Sm2Equation.Holds(key, e, r, s) ? Sm2SignatureVerdict.Valid : Sm2SignatureVerdict.Mismatch;
    }
}
