using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary><c>randomness BITS SAMPLES</c>: processor time of each test of GM/T 0005 and of all of them, least and median over samples.</summary>
internal static class RandomnessSpeed
{
    private const int Mebi = 1 << 20;

    public static int Run(int bits, int samples)
    {
        var items = RandomnessSettings.For(bits);
        var sources = Enumerable.Range(0, samples).Select(i => Sample(bits, i)).ToList();
        var whole = new RandomnessBattery(bits, items);
        var alone = items.GroupBy(i => (i.Test, i.Parameter)).Select(g => (g.Key, Battery: new RandomnessBattery(bits, [.. g]))).ToList();
        for (var i = 0; i < Math.Min(30, samples); i++)
        {
            whole.Evaluate(sources[i]);
            alone.ForEach(a => a.Battery.Evaluate(sources[i]));
        }

        Console.WriteLine($"{bits} bits, {samples} samples, {items.Count} values; CPU ms, least and median");
        foreach (var (key, battery) in alone)
        {
            Report($"{key.Test} {key.Parameter}", sources, battery);
        }

        Report("all", sources, whole);
        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / Mebi} MiB");
        return 0;
    }

    private static void Report(string name, List<BitSequence> sources, RandomnessBattery battery)
    {
        var times = sources.Select(s => Time(() => battery.Evaluate(s))).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {times[0],9:0.000} {times[times.Count / 2],9:0.000}"));
    }

    /// <summary>Stopwatch, because processor time is told in hundredths of a second; the least of many is undisturbed.</summary>
    private static double Time(Action work)
    {
        var before = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    }

    private static BitSequence Sample(int bits, int number)
    {
        var bytes = new byte[bits / 8];
        using var aes = Aes.Create();
        aes.Key = SHA256.HashData(BitConverter.GetBytes(number));
        aes.EncryptCbc(new byte[bytes.Length], new byte[16], PaddingMode.PKCS7).AsSpan(0, bytes.Length).CopyTo(bytes);
        return BitSequence.FromBytes(bytes, bits);
    }
}
