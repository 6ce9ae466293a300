namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Many SM2 signatures judged at once, each on its own merits, on all processors.</summary>
public static class Sm2SignatureBatch
{
    private const int ChunkSize = 256;

    /// <summary>Judges every signature.</summary>
    /// <param name="contents">Any number, under one key or many, in any order. Keys that repeat are fastest as one and the same object.</param>
    /// <param name="threads">At most so many threads; zero for one per processor.</param>
    /// <param name="cancellationToken">Looked at every few hundred signatures.</param>
    /// <returns>One verdict per signature, in the order given.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static Sm2SignatureVerdict[] Verify(IReadOnlyList<Sm2SignedContent> contents, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var verdicts = new Sm2SignatureVerdict[contents.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancellationToken };
        Parallel.For(0, (contents.Count + ChunkSize - 1) / ChunkSize, options, chunk =>
        {
            var end = Math.Min(contents.Count, (chunk + 1) * ChunkSize);
            for (var i = chunk * ChunkSize; i < end; i++)
            {
                verdicts[i] = Judge(contents[i]);
            }
        });
        return verdicts;
    }

    private static Sm2SignatureVerdict Judge(Sm2SignedContent content) => content.IsDigest
        ? content.Key.VerifyDigest(content.Content.Span, content.Signature.Span, content.Form)
        : content.Key.Verify(content.Content.Span, content.Signature.Span, content.Form);
}
