using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Types that settings in XML open to other programs or to requests: services of Dubbo and its kin, exporters of Spring, CXF, XFire and Axis2, actions of Struts, classes of DWR.
/// They count as if the annotation stood on them that the tables name for it.
/// </summary>
internal sealed partial class OpenedTypes
{
    /// <summary>Other programs call it.</summary>
    public const string Service = "settings.RemoteService";

    /// <summary>It is a web service.</summary>
    public const string WebService = "settings.WebService";

    /// <summary>A browser calls its methods.</summary>
    public const string Script = "settings.ScriptedClass";

    /// <summary>A request fills it and calls it.</summary>
    public const string Action = "settings.Action";

    private const int MostTypes = 20_000;
    private const int LongestName = 300;

    private readonly HashSet<(string Type, string As)> _types = [];
    private readonly List<(string Before, string Behind)> _patterns = [];
    private readonly Dictionary<string, string> _beans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    public static OpenedTypes None { get; } = new([], null);

    /// <param name="files">Texts of XML files by path.</param>
    /// <param name="types">Of the tree; names of beans can mean them. Null for none.</param>
    /// <param name="stop">Between two files.</param>
    public OpenedTypes(IEnumerable<(string Path, string Text)> files, JavaTypes? types, CancellationToken stop = default)
    {
        var said = new List<(string Type, string As)>();
        foreach (var (_, text) in files.Where(f => Telling().IsMatch(f.Text)))
        {
            stop.ThrowIfCancellationRequested();
            said.AddRange(new OpenedReader(text, _beans).All().Take(MostTypes - said.Count));
        }

        foreach (var type in said.Count == 0 || types is null ? [] : types.All)
        {
            _named.TryAdd($"{char.ToLowerInvariant(type.Syntax.Name[0])}{type.Syntax.Name[1..]}", type.FullName);
        }

        foreach (var (type, opened) in said.Where(s => s.Type.Length is > 0 and <= LongestName))
        {
            // Of a name with a place to fill in nobody knows what stands there.
            if (Hole().Match(type) is { Success: true } hole)
            {
                _patterns.AddRange(opened == Action ? [(type[..hole.Index], type[(type.LastIndexOf('}') + 1)..])] : Array.Empty<(string, string)>());
            }
            else
            {
                _types.Add((TypeOf(type), opened));
            }
        }
    }

    public bool Is(string fullName, string opened) => _types.Contains((fullName, opened))
        || (opened == Action && _patterns.Exists(p => p.Before.Length + p.Behind.Length > 0 && fullName.StartsWith(p.Before, StringComparison.Ordinal) && fullName.EndsWith(p.Behind, StringComparison.Ordinal)));

    /// <summary>As which a type is opened.</summary>
    public IEnumerable<string> Of(string fullName) => _types.Count + _patterns.Count == 0 ? [] : All.Where(a => Is(fullName, a));

    private static readonly string[] All = [Service, WebService, Script, Action];

    /// <summary>A bean stands for its class.</summary>
    private string TypeOf(string said) => _beans.GetValueOrDefault(said) ?? (said.Contains('.', StringComparison.Ordinal) ? said : _named.GetValueOrDefault(said, said));

    [GeneratedRegex(@"<(\w+:)?(service|provider|endpoint|server)\b|ServiceExporter|ServerFactoryBean|<(struts|xwork|dwr|serviceGroup)\b|<bean\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Telling();

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Hole();
}
