using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads rule data, each file as what its folder says it is: <c>PILLAR/controls/*.yaml</c> and so on.</summary>
/// <param name="faults">Told of mistakes.</param>
/// <param name="isProven">Whether a file is one the tool was built with; null where nobody knows.</param>
public sealed class LibraryReader(FaultList faults, Func<byte[], bool>? isProven = null)
{
    private readonly List<ControlCatalogue> _catalogues = [];
    private readonly List<ScoringRule> _scorings = [];
    private readonly List<HighRiskGuide> _highRisks = [];
    private readonly List<Guidance> _guidance = [];
    private readonly List<AlgorithmTable> _algorithms = [];
    private readonly List<ProtectionRule> _conclusions = [];
    private readonly List<ServiceTable> _services = [];
    private readonly List<ForeignMapping> _mappings = [];
    private readonly List<SecretTable> _secrets = [];
    private readonly List<KnownFlawTable> _knownFlaws = [];
    private readonly List<LicenceTable> _licences = [];
    private readonly List<EngineRuleTable> _engines = [];
    private readonly List<CodePatternTable> _patterns = [];
    private readonly List<FlowTable> _flows = [];
    private readonly FlowWords _flowWords = new();
    private readonly List<SettingTable> _settings = [];
    private readonly List<DefectClassTable> _classes = [];
    private readonly List<PackageProfile> _packages = [];
    private readonly List<MetadataScheme> _schemes = [];
    private readonly List<MaterialKindTable> _kinds = [];

    /// <summary>Whether a file lies in a folder of rule data.</summary>
    public static bool IsData(string file) => KindOf(file) is "controls" or "scoring" or "high-risk" or "faq" or "algorithms" or "conclusions" or "services" or "mappings"
        or "secrets" or "known-flaws" or "licences" or "engines" or "patterns" or "flows" or "settings" or "classes" or "packages" or "schemes" or "kinds";

    public void Read(string file, byte[] bytes)
    {
        switch (KindOf(file))
        {
            case "controls":
                Add(_catalogues, new CatalogueReader(faults).Read(file, bytes));
                break;
            case "scoring":
                Add(_scorings, new ScoringReader(faults).Read(file, bytes));
                break;
            case "high-risk":
                Add(_highRisks, new HighRiskReader(faults).Read(file, bytes));
                break;
            case "faq":
                Add(_guidance, new GuidanceReader(faults).Read(file, bytes));
                break;
            case "conclusions":
                Add(_conclusions, new ProtectionRuleReader(faults).Read(file, bytes));
                break;
            case "services":
                Add(_services, new ServiceTableReader(faults).Read(file, bytes));
                break;
            case "mappings":
                Add(_mappings, new ForeignMappingReader(faults).Read(file, bytes));
                break;
            case "packages":
                Add(_packages, new PackageProfileReader(faults).Read(file, bytes));
                break;
            case "schemes":
                Add(_schemes, new MetadataSchemeReader(faults).Read(file, bytes));
                break;
            case "kinds":
                Add(_kinds, new MaterialKindReader(faults).Read(file, bytes));
                break;
            default:
                ReadOfCode(file, bytes);
                break;
        }
    }

    /// <summary>The same of what the pillar of source code looks for, and of algorithms.</summary>
    private void ReadOfCode(string file, byte[] bytes)
    {
        switch (KindOf(file))
        {
            case "secrets":
                Add(_secrets, new SecretTableReader(faults).Read(file, bytes));
                break;
            case "known-flaws":
                Add(_knownFlaws, new KnownFlawReader(faults).Read(file, bytes));
                break;
            case "licences":
                Add(_licences, new LicenceReader(faults).Read(file, bytes));
                break;
            case "engines":
                Add(_engines, new EngineRuleReader(faults).Read(file, bytes));
                break;
            case "patterns":
                Add(_patterns, new CodePatternReader(faults, isProven?.Invoke(bytes) ?? false).Read(file, bytes));
                break;
            case "flows":
                Add(_flows, new FlowTableReader(faults, _flowWords, isProven?.Invoke(bytes) ?? false).Read(file, bytes));
                break;
            case "settings":
                Add(_settings, new SettingTableReader(faults, isProven?.Invoke(bytes) ?? false).Read(file, bytes));
                break;
            case "classes":
                Add(_classes, new DefectClassReader(faults).Read(file, bytes));
                break;
            default:
                Add(_algorithms, new AlgorithmTableReader(faults).Read(file, bytes));
                break;
        }
    }

    /// <summary>What was read, and faults for names that lead nowhere; called once every file is read without a fault.</summary>
    public StandardLibrary Finish(IReadOnlyList<Requirement> requirements)
    {
        _flowWords.Check(faults);
        var library = new StandardLibrary
        {
            Catalogues = [.. _catalogues.OrderBy(c => c.File.Id, StringComparer.Ordinal)],
            Scorings = [.. _scorings.OrderBy(s => s.File.Id, StringComparer.Ordinal)],
            HighRisks = [.. _highRisks.OrderBy(h => h.File.Id, StringComparer.Ordinal)],
            Guidance = [.. _guidance.OrderBy(g => g.File.Id, StringComparer.Ordinal)],
            Algorithms = [.. _algorithms.OrderBy(a => a.File.Id, StringComparer.Ordinal)],
            Conclusions = [.. _conclusions.OrderBy(c => c.File.Id, StringComparer.Ordinal)],
            Mappings = [.. _mappings.OrderBy(m => m.File.Id, StringComparer.Ordinal)],
            DefectClasses = [.. _classes.OrderBy(c => c.File.Id, StringComparer.Ordinal)],
            Tables = new ProbeTables
            {
                Services = [.. _services.OrderBy(s => s.File.Id, StringComparer.Ordinal)],
                Secrets = [.. _secrets.OrderBy(s => s.File.Id, StringComparer.Ordinal)],
                KnownFlaws = [.. _knownFlaws.OrderBy(k => k.File.Id, StringComparer.Ordinal)],
                Licences = [.. _licences.OrderBy(l => l.File.Id, StringComparer.Ordinal)],
                Engines = [.. _engines.OrderBy(e => e.File.Id, StringComparer.Ordinal)],
                Patterns = [.. _patterns.OrderBy(p => p.File.Id, StringComparer.Ordinal)],
                // In the order of their files: of two rows of one method the first says what it does.
                Flows = [.. _flows],
                Settings = [.. _settings.OrderBy(s => s.File.Id, StringComparer.Ordinal)],
                Packages = [.. _packages.OrderBy(p => p.File.Id, StringComparer.Ordinal)],
                Schemes = [.. _schemes.OrderBy(s => s.File.Id, StringComparer.Ordinal)],
                MaterialKinds = [.. _kinds.OrderBy(k => k.File.Id, StringComparer.Ordinal)],
            },
        };
        if (faults.Faults.Count == 0 && library.Catalogues.Count > 0)
        {
            new LibraryConsistency(library, faults).Check(requirements);
        }

        return library;
    }

    private static string KindOf(string file) => file.Split('/') is [.., var folder, _] ? folder : "";

    private static void Add<T>(List<T> found, T? one)
        where T : class
    {
        if (one is not null)
        {
            found.Add(one);
        }
    }
}
