using System.Collections.Concurrent;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What was found of one sample.</summary>
/// <param name="Number">From 0.</param>
/// <param name="File">Where it begins.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits over its packed bits.</param>
/// <param name="IsConstant">One byte repeated.</param>
/// <param name="Values">One an item.</param>
internal sealed record EvaluatedSample(int Number, string File, string Sha256, bool IsConstant, TestValue[] Values);

/// <summary>Tests samples on all processors while they are read.</summary>
internal static class SampleEvaluation
{
    /// <summary>The Fourier test of longer samples takes so much memory that they go one by one.</summary>
    private const int SideBySide = 10_000_000;

    private const int MostWorkers = 16;
    private const int Remembered = 4096;

    public static async Task<IReadOnlyList<EvaluatedSample>> RunAsync(
        IAsyncEnumerable<CutSample> samples, int bits, IReadOnlyList<RandomnessItem> items, CancellationToken cancellationToken)
    {
        var batteries = new ConcurrentBag<RandomnessBattery>();
        var results = new ConcurrentBag<EvaluatedSample>();
        var known = new ConcurrentDictionary<string, TestValue[]>(StringComparer.Ordinal);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = bits > SideBySide ? 1 : Math.Min(Environment.ProcessorCount, MostWorkers),
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(samples, options, (sample, _) =>
        {
            // The same bits give the same values: a file of zeros, or of one piece again and again, is tested once.
            var digest = Convert.ToHexStringLower(SHA256.HashData(sample.Bytes));
            if (!known.TryGetValue(digest, out var values))
            {
                if (!batteries.TryTake(out var battery))
                {
                    battery = new RandomnessBattery(bits, items);
                }

                values = battery.Evaluate(BitSequence.FromBytes(sample.Bytes, bits));
                batteries.Add(battery);
                if (known.Count < Remembered)
                {
                    known[digest] = values;
                }
            }

            results.Add(new EvaluatedSample(sample.Number, sample.File, digest, !sample.Bytes.AsSpan().ContainsAnyExcept(sample.Bytes[0]), values));
            return ValueTask.CompletedTask;
        });
        return [.. results.OrderBy(r => r.Number)];
    }
}
