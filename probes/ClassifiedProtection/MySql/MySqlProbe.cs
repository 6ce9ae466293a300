using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>my.cnf with what it includes, and what SET PERSIST wrote. What is kept inside the database is not here.</summary>
public sealed record MySqlSettings
{
    /// <summary>Days; 0 is without end.</summary>
    [Description("default_password_lifetime")]
    public Fact<NumberSetting> PasswordLifetime { get; init; }

    [Description("require_secure_transport")]
    public Fact<WordSetting> RequireSecureTransport { get; init; }

    /// <summary>general_log, or a plug-in that audits is loaded.</summary>
    [Description("审计")]
    public Fact<IReadOnlyList<Sighting>> Audits { get; init; }

    [Description("skip-grant-tables")]
    public Fact<FlagSetting> SkipsGrants { get; init; }

    [Description("local_infile")]
    public Fact<WordSetting> LocalInfile { get; init; }

    [Description("bind-address")]
    public Fact<WordSetting> BindAddress { get; init; }

    /// <summary>Listens on addresses of every interface.</summary>
    [Description("监听所有接口")]
    public Fact<bool> BindsEverywhere { get; init; }

    [Description("wait_timeout")]
    public Fact<NumberSetting> WaitTimeout { get; init; }

    [Description("interactive_timeout")]
    public Fact<NumberSetting> InteractiveTimeout { get; init; }
}

/// <summary>MySQL and MariaDB: of several lines the last one counts; hyphens and underscores are one.</summary>
public sealed class MySqlProbe : HostProbe<MySqlSettings>
{
    private const int Depth = 10;
    private static readonly string[] Places = ["/etc/my.cnf", "/etc/mysql/my.cnf"];
    private static readonly string[] Groups = ["mysqld", "server", "mariadb", "mariadbd"];
    private static readonly string[] Persisted = ["Value", "value"];

    public override ProbeManifest Manifest { get; } = About("mysql", "MySQL/MariaDB 配置", "MySQL 的加密、监听、审计与超时怎样配置？");

    internal override Seen<MySqlSettings> Read(HostSnapshot snapshot)
    {
        var files = snapshot.Among(Places).ToList();
        if (files.Count == 0)
        {
            return Seen<MySqlSettings>.Nothing("主机上没有 MySQL 配置文件");
        }

        var values = new Dictionary<string, (string Value, ConfigLine Line)>(StringComparer.Ordinal);
        var read = 0;
        files.ForEach(f => Collect(snapshot, f, 0, values, ref read));
        Persistent(snapshot, values);
        var isMaria = snapshot.Command("mysql-version")?.Text.Contains("MariaDB", StringComparison.Ordinal);
        WordSetting Word(string key, string? standard) => values.TryGetValue(key, out var found) ? WordSetting.At(found.Line, Switch(found.Value)) : WordSetting.ByDefault(standard);
        NumberSetting Number(string key, long standard) => values.TryGetValue(key, out var found)
            ? NumberSetting.At(found.Line, long.TryParse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null) : NumberSetting.ByDefault(standard);
        var bind = Word("bind_address", isMaria == true || isMaria == false ? "*" : null);
        return new(
            new MySqlSettings
            {
                PasswordLifetime = Number("default_password_lifetime", 0),
                RequireSecureTransport = Word("require_secure_transport", "off"),
                Audits = new([.. values.Where(v => (v.Key == "general_log" && Switch(v.Value.Value) == "on") || (v.Key is "plugin_load" or "plugin_load_add" && v.Value.Value.Contains("audit", StringComparison.OrdinalIgnoreCase)) || (v.Key == "server_audit_logging" && Switch(v.Value.Value) == "on"))
                    .Select(v => new Sighting(v.Key, v.Value.Line.Place))]),
                SkipsGrants = values.TryGetValue("skip_grant_tables", out var skips) ? FlagSetting.At(skips.Line, Switch(skips.Value) != "off") : FlagSetting.ByDefault(false),
                LocalInfile = values.ContainsKey("local_infile") || isMaria is not null ? Word("local_infile", isMaria == true ? "on" : "off") : default(Fact<WordSetting>),
                BindAddress = bind,
                BindsEverywhere = bind.Value is null ? default(Fact<bool>) : bind.Value.Split(',').Any(a => a.Trim() is "*" or "0.0.0.0" or "::" or ""),
                WaitTimeout = Number("wait_timeout", 28_800),
                InteractiveTimeout = Number("interactive_timeout", 28_800),
            },
            [.. values.Values.Select(v => v.Line)]);
    }

    private static void Collect(HostSnapshot snapshot, string path, int depth, Dictionary<string, (string, ConfigLine)> into, ref int read)
    {
        if (depth > Depth || ++read > 200)
        {
            throw new UnableException(FailureKind.BadInput, $"{path} 的 !include 过深或过多");
        }

        var inServer = false;
        foreach (var line in snapshot.Lines(path) ?? [])
        {
            var text = line.Text.Trim();
            if (text.StartsWith("!includedir", StringComparison.Ordinal))
            {
                foreach (var file in snapshot.Glob($"{text[11..].Trim().TrimEnd('/')}/*.cnf"))
                {
                    Collect(snapshot, file, depth + 1, into, ref read);
                }
            }
            else if (text.StartsWith("!include", StringComparison.Ordinal))
            {
                Collect(snapshot, text[8..].Trim(), depth + 1, into, ref read);
            }
            else if (text.StartsWith('['))
            {
                var group = text.Trim('[', ']').Trim();
                inServer = Groups.Any(g => group == g || group.StartsWith(g + "-", StringComparison.Ordinal));
            }
            else if (inServer && text.Length > 0 && text[0] is not ('#' or ';'))
            {
                var pair = text.Split('=', 2);
                var key = pair[0].Trim().Replace('-', '_').ToLowerInvariant();
                into[key.StartsWith("loose_", StringComparison.Ordinal) ? key[6..] : key] = (pair.Length > 1 ? pair[1].Split('#')[0].Trim().Trim('"', '\'') : "on", line);
            }
        }
    }

    /// <summary>mysqld-auto.cnf is JSON: {"mysql_server": {"name": {"Value": "x"}}}, or with one level more for dynamic ones.</summary>
    private static void Persistent(HostSnapshot snapshot, Dictionary<string, (string, ConfigLine)> into)
    {
        const string path = "/var/lib/mysql/mysqld-auto.cnf";
        if (snapshot.Find(path).State != FileState.Read)
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(snapshot.Text(path)!, new JsonDocumentOptions { MaxDepth = 16 });
            Walk(json.RootElement, new ConfigLine(path, 1, "(SET PERSIST)"), into);
        }
        catch (JsonException broken)
        {
            throw new UnableException(FailureKind.BadInput, $"{path} 不是 JSON", broken);
        }
    }

    private static void Walk(JsonElement element, ConfigLine line, Dictionary<string, (string, ConfigLine)> into)
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
                    into[member.Name] = (value.GetString()!, line with { Text = $"{member.Name} = {value.GetString()}" });
                }
            }

            Walk(member.Value, line, into);
        }
    }

    private static string Switch(string value) => value.ToLowerInvariant() switch { "on" or "true" or "yes" or "1" => "on", "off" or "false" or "no" or "0" => "off", { } other => other };
}
