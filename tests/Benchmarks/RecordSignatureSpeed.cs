using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.CommercialCrypto;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>A table of signed records through the whole probe: reading, verifying, counting.</summary>
internal static class RecordSignatureSpeed
{
    /// <param name="rows">Records; they are signed first, which takes longer than verifying them.</param>
    /// <param name="signers">Different keys among them.</param>
    public static async Task<int> RunAsync(int rows, int signers)
    {
        using var folder = new TemporaryFolder();
        var path = Written(folder, rows, signers);
        var form = CryptoSampleKind.Signature;
        var sample = new CryptoSample
        {
            Id = "records",
            SampleKind = form,
            Path = path,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["signature"] = "sig", ["data"] = "id,name,amount", ["join"] = "|", ["keyColumn"] = "key" },
            Secrets = new Dictionary<string, Secret>(StringComparer.Ordinal),
        };
        using var process = Process.GetCurrentProcess();
        var (cpu, wall) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var outcome = await new RecordSignaturesProbe().ObserveAsync(sample, ProbeContexts.For(new KeptEvidence(), sample), CancellationToken.None);
        process.Refresh();
        var seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        var verified = outcome is Observed seen ? seen.Observations[0].Data.GetProperty("verified").GetInt64() : -1;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} records, {signers} keys: {verified} verified, {seconds:F1} CPU-s, {rows / seconds:N0} records a CPU-s, wall {Stopwatch.GetElapsedTime(wall).TotalSeconds:F1} s, peak {process.PeakWorkingSet64 >> 20} MiB"));
        return verified == rows ? 0 : 1;
    }

    private static string Written(TemporaryFolder folder, int rows, int signers)
    {
        var keys = Enumerable.Range(0, signers).Select(_ => Sm2PrivateKey.Generate()).ToArray();
        var points = keys.Select(k => Convert.ToHexString(k.PublicKey.ExportPoint())).ToArray();
        var lines = new string[rows];
        Parallel.For(0, rows, i =>
        {
            var data = $"{i}|申请人{i % 977}|{i * 7 % 100_000}.50";
            var signature = keys[i % signers].SignRaw(Encoding.UTF8.GetBytes(data));
            lines[i] = $"{data.Replace('|', ',')},{points[i % signers]},{Convert.ToBase64String(signature)}";
        });
        Array.ForEach(keys, k => k.Dispose());
        return folder.Write("records.csv", "id,name,amount,key,sig\n" + string.Join('\n', lines) + "\n");
    }
}
