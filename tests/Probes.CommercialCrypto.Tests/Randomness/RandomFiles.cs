using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Random bits in files as people hand them in, what the probe sees in them, and what the shipped rules make of it.</summary>
internal sealed class RandomFiles : IDisposable
{
    private static readonly ProbeCatalogue Probes = ProbeCatalogue.Of(typeof(RandomnessProbe).Assembly);

    private static readonly Lazy<IReadOnlyList<Requirement>> Rules = new(() =>
    {
        var faults = new FaultList();
        var file = Path.Combine(RepositoryRoot, "rulesets", "commercial-crypto", "randomness.yaml");
        var rules = new RulesetReader(KindCatalogue.Of(Probes), faults).Read("randomness.yaml", File.ReadAllBytes(file));
        faults.ThrowIfAny();
        return rules!.Requirements;
    });

    private readonly TemporaryFolder _folder = new();

    public KeptEvidence Evidence { get; } = new();

    public string Path1 => _folder.File("sample");

    private static string RepositoryRoot => typeof(RandomFiles).Assembly.GetCustomAttributes(inherit: false)
        .OfType<System.Reflection.AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>AES in counter mode over a key derived from the seed: a generator no test of the standard tells from a perfect one.</summary>
    public static byte[] Good(int seed, int bytes)
    {
        using var aes = Aes.Create();
        aes.Key = SHA256.HashData(Encoding.ASCII.GetBytes(seed.ToString(CultureInfo.InvariantCulture)));
        return aes.EncryptCbc(new byte[bytes], new byte[16], PaddingMode.PKCS7)[..bytes];
    }

    public static string Ascii01(byte[] bytes) => string.Concat(bytes.Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));

    public RandomFiles Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Path1, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    public RandomFiles Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public async Task<ProbeOutcome> OutcomeAsync(params string[] settings)
    {
        var files = Directory.GetFiles(Path1, "*", SearchOption.AllDirectories);
        var sample = NamedSample.Read(CryptoSampleKind.Random.Form(), files.Length == 1 ? files[0] : Path1, 1, settings);
        return await new RandomnessProbe().ObserveAsync(sample, ProbeContexts.For(Evidence, sample), CancellationToken.None);
    }

    public async Task<JsonElement> SeenAsync(params string[] settings)
    {
        var outcome = await OutcomeAsync(settings);
        Assert.True(outcome is Observed, (outcome as Unable)?.Message);
        var observation = Assert.Single(((Observed)outcome).Observations);
        Assert.All(observation.Evidence, e => Assert.Contains(e.RelativePath, Evidence.Files.Keys));
        Assert.NotEmpty(observation.Evidence);
        return observation.Data;
    }

    public async Task<string> RefusedAsync(params string[] settings)
    {
        var unable = Assert.IsType<Unable>(await OutcomeAsync(settings));
        Assert.Equal(FailureKind.BadInput, unable.Kind);
        return unable.Message;
    }

    /// <summary>What the shipped rule says of a record.</summary>
    public static Verdict Judged(string rule, JsonElement data)
    {
        var requirement = Rules.Value.Single(r => r.Id == rule) with { Examples = [new RequirementExample(Verdict.Satisfied, data, "test")] };
        return Assert.Single(ExampleVerification.Verify([requirement])).Actual;
    }

    public void Dispose() => _folder.Dispose();
}

internal static class RecordReading
{
    public static string Word(this JsonElement record, string field) => record.GetProperty(field).GetString()!;

    public static int Number(this JsonElement record, string field) => record.GetProperty(field).GetInt32();

    /// <summary>True, false, null for null; fails where the field is missing.</summary>
    public static bool? Flag(this JsonElement record, string field) =>
        record.GetProperty(field).ValueKind == JsonValueKind.Null ? null : record.GetProperty(field).GetBoolean();

    public static bool Lacks(this JsonElement record, string field) => !record.TryGetProperty(field, out _);

    public static IReadOnlyList<string> Names(this JsonElement record, string field) => [.. record.GetProperty(field).EnumerateArray().Select(e => e.GetString()!)];
}
