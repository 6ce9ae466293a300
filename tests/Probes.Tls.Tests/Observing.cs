using System.Diagnostics;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Runs a probe on real sockets and reads its observation as rules do: as JSON.</summary>
internal static class Observing
{
    public static readonly TimeSpan HostileLimit = TimeSpan.FromSeconds(15);

    public static async Task<JsonElement> SeenAsync(IProbe probe, Endpoint endpoint, KeptEvidence? evidence = null, Endpoint? beside = null)
    {
        var kept = evidence ?? new KeptEvidence();
        var outcome = await probe.ObserveAsync(endpoint, ProbeContexts.For(kept, beside is null ? [endpoint] : [endpoint, beside]), CancellationToken.None);
        if (outcome is Unable unable)
        {
            Assert.Fail($"{unable.Kind} {unable.Message} {unable.Detail}");
        }

        var observation = Assert.Single(Assert.IsType<Observed>(outcome).Observations);
        Assert.All(observation.Evidence, e => Assert.Contains(e.RelativePath, kept.Files.Keys));
        Assert.NotEmpty(observation.Evidence);
        return observation.Data;
    }

    public static async Task<Unable> UnableAsync(IProbe probe, Endpoint endpoint, ProbeContext? context = null)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await probe.ObserveAsync(endpoint, context ?? ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, HostileLimit);
        return Assert.IsType<Unable>(outcome);
    }

    /// <summary>The names of a list field, joined; null where the field is missing.</summary>
    public static string? Names(this JsonElement record, string field) =>
        record.TryGetProperty(field, out var list) ? string.Join(' ', list.EnumerateArray().Select(e => e.GetString())) : null;

    public static JsonElement Answer(this JsonElement record, string version) =>
        record.GetProperty("answers").EnumerateArray().Single(a => a.GetProperty("version").GetString() == version);
}
