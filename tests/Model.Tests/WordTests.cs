using System.Reflection;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Model.Tests;

/// <summary>Words shown to people and words in files.</summary>
public sealed class WordTests
{
    private static readonly string Root = typeof(WordTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static TheoryData<Type> Enums => new(typeof(Verdict).Assembly.GetExportedTypes().Where(t => t.IsEnum));

    [Theory]
    [MemberData(nameof(Enums))]
    public void Every_word_of_every_enum_goes_to_JSON_and_back(Type type)
    {
        foreach (var value in Enum.GetValues(type))
        {
            var json = JsonSerializer.Serialize(value, type, ObservationJson.Compact);
            Assert.True(json[0] == '"' && !char.IsAsciiLetterUpper(json[1]), json);
            Assert.Equal(value, JsonSerializer.Deserialize(json, type, ObservationJson.Compact));
        }
    }

    [Fact]
    public void Every_verdict_pillar_and_word_for_people_is_one_of_a_kind()
    {
        Assert.All(Enum.GetValues<Verdict>(), v => Assert.Equal(v, VerdictNames.ParseVerdict(v.Name())));
        Assert.Null(VerdictNames.ParseVerdict("合格"));
        Assert.All(Enum.GetValues<Pillar>(), p => Assert.Equal(p, PillarNames.FromId(p.Id())));
        Unique(Enum.GetValues<Pillar>(), p => p.Title());
        Unique(Enum.GetValues<VerdictReason>(), r => r.Name());
        Unique(Enum.GetValues<Severity>(), s => s.Name());
        Unique(Enum.GetValues<Gate>(), g => g.Name());
        Unique(Enum.GetValues<MaterialState>(), m => m.Name());
        Unique(Enum.GetValues<FailureKind>(), f => f.Name());
        Unique(Enum.GetValues<SystemKind>(), k => k.Name());
        Unique(Enum.GetValues<Deployment>(), d => d.Name());
    }

    [Fact]
    public void No_probe_judges()
    {
        var judging = Sources("probes").Where(f => Enum.GetValues<Verdict>().Where(v => v != Verdict.Satisfied && v != Verdict.NeedsReview).Any(v => File.ReadAllText(f).Contains(v.Name(), StringComparison.Ordinal)));
        Assert.Empty(judging);
    }

    /// <summary>Inside a longer text a word may be quoted; as a text of its own it is a second dictionary.</summary>
    [Fact]
    public void The_words_of_verdicts_stand_as_literals_in_one_file_alone()
    {
        var words = Enum.GetValues<Verdict>().Select(v => $"\"{v.Name()}\"").ToList();
        var found = Sources("src", "probes", "reports").Where(f => words.Any(w => File.ReadAllText(f).Contains(w, StringComparison.Ordinal)));
        Assert.Equal(["VerdictNames.cs"], found.Select(Path.GetFileName));
    }

    private static void Unique<T>(IReadOnlyCollection<T> values, Func<T, string> name) =>
        Assert.Equal(values.Count, values.Select(name).Distinct(StringComparer.Ordinal).Count());

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.*", SearchOption.AllDirectories))
        .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
        .Where(f => !Path.GetRelativePath(Root, f).Replace('\\', '/').Split('/').Any(p => p is "obj" or "bin"));
}
