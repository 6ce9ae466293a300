using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Options of the server out of my.cnf and what it includes, as the server takes them: hyphens and underscores are one, skip-, disable-, enable-
/// and loose- may stand in front, a beginning of a name may stand for the name, and only some groups are this server's.
/// </summary>
internal sealed partial class MySqlOptions
{
    private const int Depth = 10;
    private const int FileCap = 200;

    /// <summary>Names facts rest on.</summary>
    private static readonly string[] Watched =
    [
        "default_password_lifetime", "require_secure_transport", "general_log", "general_log_file", "log_output", "plugin_load", "plugin_load_add", "server_audit", "server_audit_logging", "server_audit_file_path",
        "server_audit_incl_users", "server_audit_excl_users", "server_audit_events", "init_file", "audit_log", "audit_log_policy", "audit_json_file", "skip_grant_tables", "skip_networking", "local_infile", "bind_address", "wait_timeout", "interactive_timeout", "datadir", "persisted_globals_load",
    ];

    private static readonly string[] Prefixes = ["skip_", "disable_", "enable_", "maximum_", "loose_", "autoset_"];
    private readonly Dictionary<string, MySqlOption> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfigLine> _doubts = new(StringComparer.Ordinal);
    private readonly List<MySqlOption> _plugins = [];
    private readonly MySqlVersion _version;
    private int _read;

    private MySqlOptions(MySqlVersion version)
    {
        _version = version;
    }

    public IReadOnlyDictionary<string, MySqlOption> Values => _values;

    /// <summary>Watched names whose value cannot be told, and where.</summary>
    public IReadOnlyDictionary<string, ConfigLine> Doubts => _doubts;

    /// <summary>plugin-load and every plugin-load-add behind it.</summary>
    public IReadOnlyList<MySqlOption> Plugins => _plugins;

    /// <exception cref="UnableException">A file cannot be read.</exception>
    public static MySqlOptions Read(HostSnapshot snapshot, IReadOnlyList<string> files, MySqlVersion version)
    {
        var options = new MySqlOptions(version);
        files.ToList().ForEach(f => options.Collect(snapshot, f, 0));
        return options;
    }

    /// <summary>Options the server was started with go before the files.</summary>
    public void Start(string text, ConfigLine line) => One(line, text, true);

    /// <summary>Options of a file that may be read or not leave what they set without an answer.</summary>
    public void MayRead(HostSnapshot snapshot, string path)
    {
        if (snapshot.Find(path).State == FileState.NotCollected)
        {
            Array.ForEach(Watched, w => Doubt(w, new ConfigLine(path, 1, "没有收集，服务器可能读它")));
            return;
        }

        var group = default(string);
        foreach (var line in snapshot.Lines(path) ?? [])
        {
            var text = line.Text.Trim();
            group = text.StartsWith('[') && text.Contains(']', StringComparison.Ordinal) ? text[1..text.IndexOf(']', StringComparison.Ordinal)].Trim().ToLowerInvariant() : group;
            if (text.StartsWith('!'))
            {
                throw new UnableException(FailureKind.BadInput, $"{line.Place} 引用别的文件，服务器读不读 {path} 不能判读");
            }

            if (group is not null && _version.Reads(group) != false && text is not ("" or ['#' or ';' or '[', ..]))
            {
                One(line, text, false);
            }
        }
    }

    /// <summary>Leaves an option without an answer.</summary>
    public void Doubt(string name, ConfigLine line) => _doubts[name] = line;

    /// <summary>Of these the value can change while the server runs.</summary>
    public void DoubtChangeable(ConfigLine line) => Array.ForEach(Array.FindAll(Watched, w => w is not ("skip_grant_tables" or "skip_networking" or "bind_address" or "datadir" or "plugin_load" or "plugin_load_add" or "init_file" or "persisted_globals_load")), w => Doubt(w, line));

    /// <summary>What SET PERSIST wrote goes before the files.</summary>
    public void Persist(string name, string value, ConfigLine line) => Set(new MySqlOption(name.ToLowerInvariant().Replace('-', '_'), value, line, false));

    private void Collect(HostSnapshot snapshot, string path, int depth)
    {
        if (depth > Depth || ++_read > FileCap)
        {
            throw new UnableException(FailureKind.BadInput, $"{path} 的 !include 过深或过多");
        }

        bool? isOurs = false;
        foreach (var line in snapshot.Lines(path) ?? [])
        {
            var text = line.Text.Trim();
            if (Include().Match(text) is { Success: true } include)
            {
                var named = include.Groups["path"].Value;
                (include.Groups["folder"].Success ? snapshot.Included($"{named.TrimEnd('/')}/*.cnf") : [named]).ToList().ForEach(f => Collect(snapshot, f, depth + 1));
            }
            else if (text.StartsWith('[') && text.Contains(']', StringComparison.Ordinal))
            {
                isOurs = _version.Reads(text[1..text.IndexOf(']', StringComparison.Ordinal)].TrimEnd().ToLowerInvariant());
            }
            else if (isOurs != false && text.Length > 0 && text[0] is not ('#' or ';'))
            {
                One(line, text, isOurs == true);
            }
        }
    }

    private void One(ConfigLine line, string text, bool isOurs)
    {
        var pair = Uncommented(text).Split('=', 2);
        var value = pair.Length > 1 ? Unquoted(pair[1].Trim()) : null;
        var (name, isLoose) = (pair[0].Trim().Replace('-', '_').ToLowerInvariant(), false);
        while (!Array.Exists(Watched, w => w.StartsWith(name, StringComparison.Ordinal)) && Array.Find(Prefixes, p => name.StartsWith(p, StringComparison.Ordinal)) is { } prefix)
        {
            name = name[prefix.Length..];
            isLoose |= prefix == "loose_";
            value = prefix switch { "skip_" or "disable_" => value == "0" ? "1" : "0", "enable_" => value == "0" ? "0" : "1", _ => value };
            if (prefix is "maximum_" or "autoset_")
            {
                return;
            }
        }

        // A beginning that fits may be taken for the name; a group of another instance or of an unknown version may be read.
        var meant = Watched.Contains(name, StringComparer.Ordinal) ? [name] : Watched.Where(w => name.Length > 2 && w.StartsWith(name, StringComparison.Ordinal)).ToList();
        if (isOurs && (meant.Count == 0 || meant[0] == name))
        {
            Set(new MySqlOption(name, value ?? "1", line, isLoose));
        }
        else
        {
            meant.ForEach(m => _doubts[m] = line);
        }
    }

    private void Set(MySqlOption option)
    {
        _doubts.Remove(option.Name);
        _values[option.Name] = option;
        if (option.Name is "plugin_load" or "plugin_load_add")
        {
            _plugins.RemoveAll(_ => option.Name == "plugin_load");
            _plugins.Add(option);
        }
    }

    /// <summary>Up to a hash that stands in no quotes.</summary>
    private static string Uncommented(string text)
    {
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            quote = quote != '\0' ? (text[i] == quote ? '\0' : quote) : text[i] is '\'' or '"' ? text[i] : '\0';
            if (text[i] == '#' && quote == '\0')
            {
                return text[..i].TrimEnd();
            }
        }

        return text;
    }

    private static string Unquoted(string value) => value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;

    [GeneratedRegex(@"^![ \t]*include(?<folder>dir)?[ \t]+(?<path>[^\s].*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Include();
}

/// <summary>An option that is set.</summary>
/// <param name="Name">With underscores, small letters, without prefixes.</param>
/// <param name="Value">Without quotes; 1 where none is written, turned round behind skip- and disable-.</param>
/// <param name="Line">Where.</param>
/// <param name="IsLoose">The server starts without knowing it.</param>
internal sealed record MySqlOption(string Name, string Value, ConfigLine Line, bool IsLoose)
{
    /// <summary>The server takes yes for no.</summary>
    public string Switch => Value.ToLowerInvariant() is "1" or "on" or "true" ? "on" : "off";
}
