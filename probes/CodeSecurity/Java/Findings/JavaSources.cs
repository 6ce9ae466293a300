using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an analysis of Java reads of a tree.</summary>
/// <param name="Java">Texts by path, in ordinal order.</param>
/// <param name="Markup">XML files, which may hold statements.</param>
/// <param name="Pages">Pages that a server fills in.</param>
/// <param name="Properties">Values of keys that have one value in all property files.</param>
/// <param name="Unread">What was not read and belongs to it, with the reason.</param>
/// <param name="Others">Pages and languages of the same platform that nobody follows.</param>
/// <param name="IsWhole">The list of files was not cut.</param>
internal sealed partial record JavaSources(
    SortedDictionary<string, string> Java,
    SortedDictionary<string, string> Markup,
    SortedDictionary<string, string> Pages,
    Dictionary<string, string> Properties,
    IReadOnlyList<UnreadSource> Unread,
    IReadOnlyList<UnreadSource> Others,
    bool IsWhole)
{
    /// <summary>Files of settings by path, beside <see cref="Properties"/>, which knows the values alone.</summary>
    public SortedDictionary<string, string> Settings { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Files that are settings or may hold some and were not read, with the reason.</summary>
    public IReadOnlyList<UnreadSource> UnreadSettings { get; init; } = [];

    /// <summary>Manifests that say what the programs are built with.</summary>
    public IReadOnlyList<ManifestFile> Manifests { get; init; } = [];

    /// <summary>Paths of packed libraries, whose names often say a version.</summary>
    public IReadOnlyList<string> Jars { get; init; } = [];

    /// <summary>Java files of <see cref="UnitTests"/>, which are not read.</summary>
    public int OfUnitTests { get; init; }

    /// <summary>Files beside settings in which classes are named that a container or a library makes.</summary>
    public SortedDictionary<string, string> Registrations { get; init; } = new(StringComparer.Ordinal);

    /// <summary>None of these was left out.</summary>
    public bool IsRegistered { get; init; } = true;

    /// <summary>All texts in which a class of the tree may be named; null where some are missing, or are of a language that was not read.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? Texts => IsWhole && IsRegistered && !Others.Any(o => Array.Exists(Foreign, f => o.File.EndsWith(f, StringComparison.OrdinalIgnoreCase)))
        ? [.. Java, .. Markup, .. Settings, .. Pages, .. Registrations, .. Properties.Select(p => KeyValuePair.Create(p.Key, p.Value))] : null;

    private const long TotalCap = 512L * 1024 * 1024;

    private const int MostPages = 20_000;

    /// <summary>They are short lists of names.</summary>
    private const int MostRegistrations = 2_000;

    private const int RegistrationCap = 64 * 1024;
    private const long PagesCap = 64L * 1024 * 1024;

    private static readonly string[] Foreign = [".kt", ".kts", ".groovy", ".scala", ".btl", ".gsp"];

    /// <exception cref="UnableException">The folder cannot be read.</exception>
    public static JavaSources Read(string root, CancellationToken stop)
    {
        var (listing, reader) = (SourceWalk.List(root, null, stop), new SourceReader(FileTree.Open(root), SourceLimits.Default));
        var (java, markup, settings) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, HashSet<string>>(StringComparer.Ordinal));
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var (unread, others, total, isWhole, isRegistered) = (new List<UnreadSource>(), new List<UnreadSource>(), 0L, listing.IsWhole, true);
        var (manifests, registrations) = (new List<ManifestFile>(), new SortedDictionary<string, string>(StringComparer.Ordinal));
        var (pages, ofPages) = (new SortedDictionary<string, string>(StringComparer.Ordinal), 0L);
        var unseen = listing.LeftOut.Where(e => LeftOutReasons.Unseen.Contains(e.Reason)).ToList();
        unread.AddRange(unseen.Where(e => IsJava(e.Path) || MayBeMapper(e.Path) || e.Path.EndsWith('/') || e.Reason == LeftOutReason.Link).Select(e => NotRead(e.Path, e.Reason)));
        unread.AddRange(listing.IsWhole ? [] : [new UnreadSource(".", "目录没有列全：太深、文件太多或读不了")]);
        var unreadSettings = unseen.Where(e => MayBeSettings(e.Path)).Select(e => NotRead(e.Path, e.Reason)).ToList();
        var tests = UnitTests.Of(listing.Files, reader, stop);
        List<SourceEntry> own = [.. listing.Files.Where(f => !IsJava(f.Path) || !tests.Has(f.Path))];
        foreach (var entry in own)
        {
            stop.ThrowIfCancellationRequested();
            if (Array.Exists(Foreign, f => entry.Path.EndsWith(f, StringComparison.OrdinalIgnoreCase)))
            {
                others.Add(new UnreadSource(entry.Path, "页面、模板与其他 JVM 语言不在分析之列"));
            }

            if (PageKinds.Of(entry.Path) is not PageKind.None and var kind)
            {
                ofPages += entry.Bytes;
                TakePage(entry, kind, pages.Count < MostPages && ofPages <= PagesCap ? reader : null, pages, others);
                continue;
            }

            isRegistered &= TakeBeside(entry, reader, manifests, registrations);
            if (!IsJava(entry.Path) && !Is(entry.Path, ".xml") && !Is(entry.Path, ".properties") && !SettingFiles.Is(entry.Path))
            {
                continue;
            }

            total += entry.Bytes;
            if (total > TotalCap)
            {
                isWhole = false;
                unread.Add(new UnreadSource(entry.Path, $"源文件合计超过 {TotalCap / 1024 / 1024} MiB，其余未读"));
                unreadSettings.Add(unread[^1]);
                break;
            }

            if (Take(entry, reader, java, markup, files, settings) is { } why)
            {
                unread.AddRange(IsJava(entry.Path) || MayBeMapper(entry.Path) ? [why] : []);
                unreadSettings.AddRange(MayBeSettings(entry.Path) ? [why] : []);
            }
        }

        return new JavaSources(java, markup, pages, settings.Where(s => s.Value.Count == 1).ToDictionary(s => s.Key, s => s.Value.First(), StringComparer.Ordinal), unread, others, isWhole) 
        {
            OfUnitTests = listing.Files.Count - own.Count, Settings = files, Registrations = registrations, IsRegistered = isRegistered, UnreadSettings = unreadSettings, Manifests = manifests, Jars = [.. listing.Files.Select(f => f.Path).Concat(listing.LeftOut.Select(l => l.Path)).Where(f => Is(f, ".jar")).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>What a tree is built of, and which of its classes somebody makes by their names.</summary>
    /// <returns>False where names of classes stand in it that were not read.</returns>
    private static bool TakeBeside(SourceEntry entry, SourceReader reader, List<ManifestFile> manifests, SortedDictionary<string, string> registrations)
    {
        if (LibraryVersions.Reads(entry.Path) && manifests.Count < LibraryVersions.MostManifests && reader.Fetch(entry).Bytes is { } built && SourceReader.Read(entry, built) is SourceReading.Taken(var manifest))
        {
            manifests.Add(new ManifestFile(entry.Path, manifest.Text));
        }

        if (!Registers(entry.Path))
        {
            return true;
        }

        if (registrations.Count >= MostRegistrations || entry.Bytes > RegistrationCap || reader.Fetch(entry).Bytes is not { } listed || SourceReader.Read(entry, listed) is not SourceReading.Taken(var registration))
        {
            return false;
        }

        registrations[entry.Path] = registration.Text;
        return true;
    }

    /// <returns>Why it was not read; null where it was.</returns>
    private static UnreadSource? Take(SourceEntry entry, SourceReader reader, SortedDictionary<string, string> java, SortedDictionary<string, string> markup, SortedDictionary<string, string> files, Dictionary<string, HashSet<string>> settings)
    {
        var (bytes, why) = reader.Fetch(entry);
        var reading = bytes is null ? new SourceReading.NotTaken(why!) : SourceReader.Read(entry, bytes);
        if (reading is SourceReading.Taken(var file))
        {
            if (IsJava(entry.Path))
            {
                java[entry.Path] = file.Text;
            }
            else if (Is(entry.Path, ".xml"))
            {
                markup[entry.Path] = file.Text;
            }
            else if (Is(entry.Path, ".properties"))
            {
                ReadSettings(file.Text, settings);
            }

            if (SettingFiles.Is(entry.Path))
            {
                files[entry.Path] = file.Text;
            }
        }

        return reading is SourceReading.NotTaken(var left) ? NotRead(entry.Path, left.Reason) : null;
    }

    private static void TakePage(SourceEntry entry, PageKind kind, SourceReader? reader, SortedDictionary<string, string> pages, List<UnreadSource> others)
    {
        var bytes = reader?.Fetch(entry).Bytes;
        if (bytes is not null && SourceReader.Read(entry, bytes) is SourceReading.Taken(var file))
        {
            if (PageKinds.Is(kind, file.Text))
            {
                pages[entry.Path] = file.Text;
            }
        }
        else if (kind != PageKind.Thymeleaf)
        {
            others.Add(new UnreadSource(entry.Path, "页面没有读"));
        }
    }

    private static void ReadSettings(string text, Dictionary<string, HashSet<string>> settings)
    {
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or '!')))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut)
            {
                var key = line[..cut].TrimEnd();
                if (!settings.TryGetValue(key, out var values))
                {
                    settings[key] = values = new HashSet<string>(StringComparer.Ordinal);
                }

                values.Add(line[(cut + 1)..].TrimStart());
            }
        }
    }

    private static UnreadSource NotRead(string path, LeftOutReason reason) => new(path, $"没有读：{EnumWords.Say(reason)}");

    /// <summary>Of XML it is what stands in a file that says whether it is one of settings.</summary>
    private static bool MayBeSettings(string path) => SettingFiles.Is(path) || Is(path, ".xml");

    /// <summary>Statements stand in XML of any name, save files that frameworks and builds read by theirs.</summary>
    private static bool MayBeMapper(string path) => Is(path, ".xml") && !OtherMarkup().IsMatch(path);

    [GeneratedRegex(@"(^|/)((pom|build|logback[\w\-]*|log4j2?[\w\-]*)|WEB-INF/web)\.xml$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherMarkup();

    private static bool Registers(string path) => path.Contains("META-INF/services/", StringComparison.Ordinal) || path.Contains("META-INF/dubbo/", StringComparison.Ordinal) || Is(path, ".factories") || Is(path, ".imports");

    public static bool IsJava(string path) => Is(path, ".java");

    private static bool Is(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
