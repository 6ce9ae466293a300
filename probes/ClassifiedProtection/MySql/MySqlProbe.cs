using System.Globalization;
using System.Net;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>MySQL and MariaDB: of several lines the last one counts; hyphens and underscores are one.</summary>
public sealed class MySqlProbe : HostProbe<MySqlSettings>
{
    private static readonly string[] Places = ["/etc/my.cnf", "/etc/mysql/my.cnf"];
    private static readonly string[] Persisted = ["Value", "value"];

    public override ProbeManifest Manifest { get; } = About("mysql", "MySQL/MariaDB 配置", "MySQL 的加密、监听、审计与超时怎样配置？");

    internal override IReadOnlyList<DatabaseProduct> Products => [DatabaseProduct.MySql];

    internal override Seen<MySqlSettings> Read(HostSnapshot snapshot) => ReadAll(snapshot, [])[0];

    internal override IReadOnlyList<Seen<MySqlSettings>> ReadAll(HostSnapshot snapshot) => ReadAll(snapshot, []);

    internal override IReadOnlyList<Seen<MySqlSettings>> ReadAll(HostSnapshot snapshot, IReadOnlyList<RunningValues> running) => [Read(snapshot, running)];

    private static Seen<MySqlSettings> Read(HostSnapshot snapshot, IReadOnlyList<RunningValues> running)
    {
        var start = MySqlStart.Of(snapshot);
        if ((start.Files ?? snapshot.Among(Places)) is not { Count: > 0 } files)
        {
            return DatabaseSigns.NoConfiguration<MySqlSettings>(snapshot, "MySQL", "mysqld", "mariadbd");
        }

        var version = MySqlVersion.Of(snapshot);
        var options = MySqlOptions.Read(snapshot, files, version);
        Homes(snapshot, options, start);
        start.Options.ToList().ForEach(o => options.Start(o.Text, o.Line));
        Persistent(snapshot, options, version);
        if (options.Values.TryGetValue("init_file", out var init) && init.Value.Length > 0)
        {
            options.DoubtChangeable(init.Line);
        }

        running.ToList().ForEach(r => Use(options, r, running.Count == 1));
        Fact<T> Unless<T>(string key, Func<T> look) => options.Doubts.ContainsKey(key) ? default : new Fact<T>(look());
        Fact<WordSetting> Flag(string key, string standard) => Unless(key, () => options.Values.TryGetValue(key, out var found) ? WordSetting.At(found.Line, found.Switch) : WordSetting.ByDefault(standard));
        Fact<NumberSetting> Number(string key, long standard) => Unless(key, () => options.Values.TryGetValue(key, out var found) ? NumberSetting.At(found.Line, Whole(found.Value)) : NumberSetting.ByDefault(standard));
        var doubts = new List<Sighting>();
        var audits = MySqlAudits.Of(options, doubts);
        return new(
            new MySqlSettings
            {
                PasswordLifetime = Number("default_password_lifetime", 0),
                RequireSecureTransport = Flag("require_secure_transport", "off"),
                Audits = audits is null ? default(Fact<IReadOnlyList<Sighting>>) : new(audits),
                SkipsGrants = Unless("skip_grant_tables", () => options.Values.TryGetValue("skip_grant_tables", out var skips) ? FlagSetting.At(skips.Line, skips.Switch == "on") : FlagSetting.ByDefault(false)),
                LocalInfile = options.Values.ContainsKey("local_infile") || version.IsMaria == true || version.Major is not null ? Flag("local_infile", version.IsMaria == true || version.Major < 8 ? "on" : "off") : default,
                BindAddress = Unless("bind_address", () => Bind(options, version)),
                BindsEverywhere = Everywhere(options, version),
                WaitTimeout = Number("wait_timeout", 28_800),
                InteractiveTimeout = Number("interactive_timeout", 28_800),
                NotUnderstood = new([.. options.Doubts.Values.Distinct().Select(l => new Sighting(l.Text.Trim(), l.Place)), .. doubts]),
            },
            [.. options.Values.Values.Select(v => v.Line), .. options.Doubts.Values]);
    }

    /// <summary>Files in the server's home, which it may read too.</summary>
    private static void Homes(HostSnapshot snapshot, MySqlOptions options, MySqlStart start)
    {
        var home = snapshot.Find("/etc/passwd") is { State: FileState.Read, Text: var accounts } ? accounts.Split('\n').Select(a => a.Split(':')).FirstOrDefault(a => a is ["mysql", _, _, _, _, ['/', ..], ..])?[5] : null;
        foreach (var path in start.Files is not null ? [] : new[] { "/var/lib/mysql/my.cnf", "/var/lib/mysql/.my.cnf", $"{(home ?? "/var/lib/mysql").TrimEnd('/')}/.my.cnf" }.Distinct(StringComparer.Ordinal))
        {
            options.MayRead(snapshot, path);
        }
    }

    /// <summary>Of several outputs nobody knows which server the files are of, and an older one that contradicts them leaves nothing certain.</summary>
    private static void Use(MySqlOptions options, RunningValues running, bool isOnly)
    {
        foreach (var (name, value, line, isContradiction) in running.Settings("variable", (n, v) => options.Values.TryGetValue(n, out var w) ? (w.Line, IsSame(w.Value, v)) : null))
        {
            if (isContradiction && !(isOnly && running.IsFresh))
            {
                options.Doubt(name, line);
            }
            else if (isContradiction || !options.Values.ContainsKey(name))
            {
                options.Persist(name, value, line);
            }
        }
    }

    private static bool IsSame(string written, string said) => written.Equals(said, StringComparison.OrdinalIgnoreCase)
        || (Whole(written) is { } number && Whole(said) is { } value ? number == value : (written.ToLowerInvariant(), said.ToLowerInvariant()) is (("1" or "true" or "on"), ("1" or "on")) or (("" or "0" or "false" or "off"), ("0" or "off")));

    private static WordSetting Bind(MySqlOptions options, MySqlVersion version) => options.Values.TryGetValue("bind_address", out var found)
        ? WordSetting.At(found.Line, found.Value) : WordSetting.ByDefault(version.IsMaria is null ? null : "*");

    private static Fact<bool> Everywhere(MySqlOptions options, MySqlVersion version)
    {
        if (options.Doubts.ContainsKey("skip_networking") || (options.Values.TryGetValue("skip_networking", out var skips) && skips.Switch == "on"))
        {
            return options.Doubts.ContainsKey("skip_networking") ? default : new Fact<bool>(false);
        }

        return options.Doubts.ContainsKey("bind_address") || Bind(options, version).Value is not { } bind ? default : new Fact<bool>(bind.Split(',').Any(IsAny));
    }

    /// <summary>Behind a slash stands a name space of the network.</summary>
    private static bool IsAny(string address)
    {
        var text = address.Split('/')[0].Trim();
        return text is "" or "*" || (IPAddress.TryParse(text, out var ip) && (ip.Equals(IPAddress.IPv6Any) || (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).Equals(IPAddress.Any)));
    }

    /// <summary>mysqld-auto.cnf is JSON: {"mysql_server": {"name": {"Value": "x"}}}, or with one level more for dynamic ones. MariaDB has none.</summary>
    private static void Persistent(HostSnapshot snapshot, MySqlOptions options, MySqlVersion version)
    {
        var folder = options.Values.TryGetValue("datadir", out var data) ? data.Value.TrimEnd('/') : "/var/lib/mysql";
        var path = $"{folder}/mysqld-auto.cnf";
        var isIgnored = options.Values.TryGetValue("persisted_globals_load", out var load) && load.Switch == "off";
        if (version.IsMaria == true || version.Major < 8 || isIgnored || snapshot.Find(path).State == FileState.Missing)
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(snapshot.Text(path)!, new JsonDocumentOptions { MaxDepth = 16 });
            Walk(json.RootElement, new ConfigLine(path, 1, "(SET PERSIST)"), options);
        }
        catch (JsonException broken)
        {
            throw new UnableException(FailureKind.BadInput, $"{path} 不是 JSON", broken);
        }
        catch (UnableException unseen)
        {
            throw new UnableException(unseen.Kind, $"{unseen.Message}；SET PERSIST 写在里面的设置优先于 my.cnf", unseen);
        }
    }

    private static void Walk(JsonElement element, ConfigLine line, MySqlOptions into)
    {
        foreach (var member in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default)
        {
            if (member.Value.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var name in Persisted)
            {
                if (member.Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                {
                    into.Persist(member.Name, value.GetString()!, line with { Text = $"{member.Name} = {value.GetString()}" });
                }
            }

            Walk(member.Value, line, into);
        }
    }

    /// <summary>K, M and G are powers of 1024.</summary>
    private static long? Whole(string text)
    {
        var factor = (text.Length == 0 ? ' ' : char.ToUpperInvariant(text[^1])) switch { 'K' => 1024L, 'M' => 1024L * 1024, 'G' => 1024L * 1024 * 1024, _ => 1 };
        return long.TryParse(factor == 1 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number * factor : null;
    }
}
