using System.Text;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>A careless and a well-run system on 127.0.0.1, which every town of the tests has: ports, host, source code, samples and an archive package.</summary>
public sealed class TownSystems : IAsyncLifetime
{
    /// <summary>Of the demonstration's candidate.yaml, without its walk in a browser, its papers and its measure.</summary>
    private static readonly string[] Kept = ["ownerUnit", "builder", "kind", "protectionLevel", "cryptoLevel", "classified", "deployment", "endpoints", "archivePackages", "cryptoSamples", "sourceTrees", "hosts", "protection"];

    private readonly Dictionary<DemoVariant, DemoSystem> _systems = [];

    public async Task InitializeAsync()
    {
        foreach (var variant in new[] { DemoVariant.Careless, DemoVariant.WellRun })
        {
            _systems[variant] = await DemoSystem.StartAsync(variant, TimeProvider.System, CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var system in _systems.Values)
        {
            await system.DisposeAsync();
        }
    }

    /// <summary>The whole way: candidate.yaml, run, pack, judgement, seal.</summary>
    public async Task<RunResult> RunAsync(AcceptanceProfile measure, DemoVariant variant, TemporaryFolder folder)
    {
        var yaml = $"candidate: town\nname: {TownFolder.System}\n{string.Concat(Sections(_systems[variant]).Where(s => Kept.Contains(s.Key, StringComparer.Ordinal)).Select(s => variant == DemoVariant.WellRun ? BySmEntrance(s) : s.Text))}{new TownFolder(measure, variant, folder, TimeProvider.System).Write()}";
        var file = Encoding.UTF8.GetBytes(yaml);
        var candidate = CandidateReader.Read(YamlText.ReadMapping("town", file), folder.Path, CandidateReading.ForRun);
        return await new AcceptanceRun(
            new RunRequest
            {
                Candidate = candidate with { Endpoints = [.. candidate.Endpoints.Select(e => e with { Trust = _systems[variant].Trust })] },
                CandidateFile = file, RulesetsPath = Product.OwnRulesets, Rulesets = Product.LoadRulesets(null), Probes = Product.Probes, Seals = Product.Seals,
                OutputFolder = folder.File("pack"), ToolVersion = Product.Version,
            },
            TimeProvider.System,
            new Progress<RunEvent>()).RunAsync(CancellationToken.None);
    }

    /// <summary>The well-run town is entered by its SM entrance alone: the other one has no SM channel, and that is a defect.</summary>
    private static string BySmEntrance((string Key, string Text) section) => section.Key switch
    {
        "endpoints" => "endpoints:\n- id: portal-sm" + section.Text.Split("- id: portal-sm")[1],
        "protection" => section.Text.Replace("endpoint:portal\"", "endpoint:portal-sm\"", StringComparison.Ordinal),
        _ => section.Text,
    };

    private static IEnumerable<(string Key, string Text)> Sections(DemoSystem system)
    {
        var (key, text) = ("", new StringBuilder());
        foreach (var line in system.CandidateYaml.Split('\n'))
        {
            if (line.Length > 0 && char.IsAsciiLetter(line[0]))
            {
                yield return (key, text.ToString());
                (key, text) = (line[..line.IndexOf(':', StringComparison.Ordinal)], new StringBuilder());
            }

            text.Append(line).Append('\n');
        }

        yield return (key, text.ToString());
    }
}
