using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Uses of cryptography in source text.</summary>
internal static class CodeCryptography
{
    public const string Kind = "code.crypto-use";

    /// <summary>Everything was read, and the algorithms that were seen are all.</summary>
    public static bool IsWhole(Observation observation) =>
        observation.Data.Flag("isWhole") == true && (observation.Data.HasList("uses") || observation.Data.HasList("algorithms")) && !observation.Data.Texts("notCovered").Any();

    /// <returns>What of the tree is not in the list.</returns>
    public static IEnumerable<string> Read(Observation observation, CryptoSightings sightings, string target)
    {
        var data = observation.Data;
        var counted = data.HasList("uses") ? [] : data.Items("algorithms").ToList();
        foreach (var use in data.HasList("uses") ? data.Items("uses") : data.HasList("algorithms") ? [] : data.Items("seenSoFar"))
        {
            Add(use, observation.TargetId, sightings);
        }

        counted.ForEach(c => AddCounted(c, observation.TargetId, sightings));
        if (!data.HasList("uses"))
        {
            yield return data.HasList("algorithms") ? $"{target}：使用处太多，只列每种算法的首处" : $"{target}：源代码没有读全，清单里只有看到的部分";
        }

        if (data.Flag("isWhole") == false)
        {
            yield return $"{target}：有没有读的源文件，其中的密码使用不在清单里";
        }

        if (data.Texts("notCovered").ToList() is { Count: > 0 } languages)
        {
            yield return $"{target}：没有清单规则的语言 {string.Join("、", languages)}";
        }
    }

    private static void Add(JsonElement use, string targetId, CryptoSightings sightings) => sightings.Algorithm(
        new NamedCryptography(use.Text("algorithm"), use.Text("primitive"), use.Text("mode")?.ToUpperInvariant(), use.Number("keyBits")),
        [new CryptoOccurrence(CryptoPlace.Code, targetId, use.Text("file") ?? "", use.Number("line"), use.Text("api"))]);

    private static void AddCounted(JsonElement counted, string targetId, CryptoSightings sightings)
    {
        var first = counted.Text("first") ?? "";
        var colon = first.LastIndexOf(':');
        var hasLine = int.TryParse(first.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) && colon > 0;
        sightings.Algorithm(
            new NamedCryptography(counted.Text("algorithm"), counted.Text("primitive"), Bits: counted.Number("keyBits")),
            [new CryptoOccurrence(CryptoPlace.Code, targetId, hasLine ? first[..colon] : first, hasLine ? line : null, null)],
            Math.Max(0, (counted.Number("uses") ?? 1) - 1));
    }
}
