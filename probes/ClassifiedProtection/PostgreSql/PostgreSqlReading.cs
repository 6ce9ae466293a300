using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using static SmartCity.SecurityCheck.Probes.ClassifiedProtection.PostgreSqlWords;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One cluster: its files, then ALTER SYSTEM, then what it is started with, then what the running server said; the later goes before.</summary>
internal sealed class PostgreSqlReading
{
    private readonly IncludeBudget _budget = new(10);
    private readonly Dictionary<string, (string Value, ConfigLine Line)> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfigLine> _doubts = new(StringComparer.Ordinal);
    private readonly string? _main;
    private RunningValues? _running;
    private string _data = "";

    private PostgreSqlReading(string? main) => _main = main;

    private int? Major => _main is null ? PostgreSqlWords.Version(_running!.Output.Version.Split(['.', ' '])[0]) : PostgreSqlWords.Version(_main);

    /// <exception cref="UnableException">A file cannot be read or understood.</exception>
    public static PostgreSqlReading Of(HostSnapshot snapshot, string main, IReadOnlyList<PostgreSqlStart> starts)
    {
        var reading = new PostgreSqlReading(main);
        reading.Collect(snapshot, main, 0);
        var folder = main[..main.LastIndexOf('/')];
        var isDebian = main.StartsWith("/etc/postgresql/", StringComparison.Ordinal);
        reading._data = reading._values.TryGetValue("data_directory", out var named) ? named.Value.TrimEnd('/') : isDebian ? $"/var/lib{main[4..main.LastIndexOf('/')]}" : folder;
        reading.Automatic(snapshot, reading._data);
        foreach (var (name, value, line) in starts.Where(s => s.Folder is null || reading.IsOf(s)).Append(PostgreSqlStart.OfDebian(snapshot, folder)).SelectMany(s => s.Settings))
        {
            if (name is "config_file" && value != main)
            {
                throw new UnableException(FailureKind.BadInput, $"{line.Place} 启动时用的配置是 {value}，不是 {main}");
            }

            reading._data = name == "data_directory" ? value.TrimEnd('/') : reading._data;
            reading._values[name] = (value, line);
        }

        return reading;
    }

    /// <summary>Out of an output alone, as where no file of the cluster was found.</summary>
    public static PostgreSqlReading Of(RunningValues running)
    {
        var reading = new PostgreSqlReading(null);
        reading.Use(running);
        return reading;
    }

    public bool IsOf(PostgreSqlStart start) => start.Folder is { } folder && (folder == _data || (_main is not null && folder == _main[.._main.LastIndexOf('/')]));

    /// <summary>Takes an output that is of this cluster's port.</summary>
    public bool Takes(RunningValues running)
    {
        var port = _values.TryGetValue("port", out var named) ? named.Value : "5432";
        var isOurs = _running is null && running.Output.Instance == $"port-{port}";
        if (isOurs)
        {
            Use(running);
        }

        return isOurs;
    }

    private void Use(RunningValues running)
    {
        _running = running;
        foreach (var (name, value, line, isContradiction) in running.Settings("setting", (n, v) => _values.TryGetValue(n, out var w) ? (w.Line, IsSame(w.Value, v)) : null))
        {
            if (isContradiction && !running.IsFresh)
            {
                _doubts[name] = line;
            }
            else if (isContradiction || !_values.ContainsKey(name))
            {
                _values[name] = (value, line);
            }
        }
    }

    private static bool IsSame(string written, string said) => Switch(written) == Switch(said) || (Milliseconds(written) is { } number && number == Milliseconds(said))
        || Names(written).SequenceEqual(Names(said), StringComparer.Ordinal) || written.Replace('|', '/').Trim() == said.Trim();

    public Seen<PostgreSqlSettings> Seen(HostSnapshot snapshot)
    {
        var rules = Rules(snapshot);
        var settings = Settings() with
        {
            Rules = Those(rules, r => r),
            OpenRules = Those(rules, r => [.. r.Where(x => x.Method != "reject" && x.IsOpen)]),
            ClearRules = Those(rules, r => [.. r.Where(x => x.Method != "reject" && x.Type is "host" or "hostnossl" or "hostnogssenc" && !x.IsLocal && !x.IsClearRefused)]),
            NotUnderstood = new([.. _doubts.Select(d => new Sighting(d.Key, d.Value.Place))]),
        };
        return new(settings, [.. _values.Values.Select(v => v.Line), .. _doubts.Values, .. (rules ?? []).Select(r => new ConfigLine(r.Origin, 0, $"{r.Type} {r.Address} {r.Method}"))]);
    }

    private static Fact<IReadOnlyList<HbaRule>> Those(IReadOnlyList<HbaRule>? rules, Func<IReadOnlyList<HbaRule>, IReadOnlyList<HbaRule>> look) => rules is null ? default(Fact<IReadOnlyList<HbaRule>>) : new(look(rules));

    private PostgreSqlSettings Settings() => new()
    {
        Cluster = _main ?? _running!.Origin,
        PasswordEncryption = _values.ContainsKey("password_encryption") || Major is not null ? Word("password_encryption", Major >= 14 ? "scram-sha-256" : "md5") : default(Fact<WordSetting>),
        Ssl = Word("ssl", "off"),
        WeakTls = Known("ssl_min_protocol_version", "ssl_max_protocol_version", "ssl_ciphers") ? new(PostgreSqlSafeguards.WeakTls(_values)) : default(Fact<IReadOnlyList<Sighting>>),
        LostLogs = Known("log_min_messages", "pgaudit.log_level", "log_destination", "log_directory", "log_filename") ? new(PostgreSqlSafeguards.LostLogs(_values, _data)) : default(Fact<IReadOnlyList<Sighting>>),
        PreloadLibraries = List("shared_preload_libraries", Names),
        AuthDelay = Number("auth_delay.milliseconds", 0, Milliseconds),
        CredcheckLength = Number("credcheck.password_min_length", 1, Milliseconds),
        CredcheckFailures = Number("credcheck.max_auth_failure", 0, Milliseconds),
        LogConnections = Word("log_connections", "off", Connections),
        LogDisconnections = Word("log_disconnections", "off"),
        LoggingCollector = Word("logging_collector", "off"),
        LogStatement = Word("log_statement", "none"),
        PgAudit = List("pgaudit.log", Classes),
        LogLinePrefix = Word("log_line_prefix", "%m [%p] ", v => v),
        IdleSessionSeconds = Number("idle_session_timeout", 0, v => (Milliseconds(v) + 999) / 1000),
    };

    /// <summary>What the running server said, where it is not what the files say; an older output that contradicts them leaves nothing certain.</summary>
    private IReadOnlyList<HbaRule>? Rules(HostSnapshot snapshot)
    {
        var written = default(IReadOnlyList<HbaRule>);
        var said = _running is null || _running.Output.Whole("hba") is not { Count: > 0 } ? null : HbaFile.Of(_running, "");
        try
        {
            written = _main is null ? null : Written(snapshot);
        }
        catch (UnableException unseen) when (said is not null)
        {
            _doubts["pg_hba.conf"] = new ConfigLine(unseen.Message, 0, "");
        }

        if (said is not null && (written is null || !written.Select(Key).SequenceEqual(said.Select(Key), StringComparer.Ordinal)))
        {
            written = written is null ? said : _running!.IsFresh ? HbaFile.Of(_running, "；与访问规则文件写的不同") : null;
            written = written?.FirstOrDefault(r => r.Map is not null) is { } mapped ? Unmapped(mapped) : written;
        }
        else if (said is null && _running?.Output.Whole("hba") is { Count: > 0 } facts)
        {
            (written, _doubts["pg_hba.conf"]) = (null, new ConfigLine($"{_running.Origin} 的 {facts.Count} 条访问规则里有服务器读不懂的", 0, ""));
        }

        return written;
    }

    /// <summary>Whom a map lets be whom stands in pg_ident.conf, which no output tells of: not known.</summary>
    private IReadOnlyList<HbaRule>? Unmapped(HbaRule rule)
    {
        _doubts["pg_ident.conf"] = new ConfigLine($"{rule.Origin}用了用户映射 {rule.Map}，谁能成为谁须人看", 0, "");
        return null;
    }

    private static string Key(HbaRule r) => $"{r.Type} {r.Method} {r.IsOpen} {r.IsLocal} {r.Map}";

    private IReadOnlyList<HbaRule> Written(HostSnapshot snapshot)
    {
        var folder = _main![.._main!.LastIndexOf('/')];
        string Path(string key, string standard) => !_values.TryGetValue(key, out var named) ? $"{folder}/{standard}" : named.Value.StartsWith('/') ? named.Value : $"{_data}/{named.Value}";
        var rules = HbaFile.Read(snapshot, Path("hba_file", "pg_hba.conf"), Major);
        HbaFile.CheckMaps(snapshot, rules, Path("ident_file", "pg_ident.conf"));
        return rules;
    }

    /// <summary>Whether it can be told of all of these: of an output alone nothing is known but what it says.</summary>
    private bool Known(params IReadOnlyList<string> names) => !names.Any(_doubts.ContainsKey) && (_main is not null || names.Any(_values.ContainsKey));

    private Fact<T> Of<T>(string key, Func<(string Value, ConfigLine Line), T> written, T standard) =>
        !Known(key) ? default(Fact<T>) : _values.TryGetValue(key, out var found) ? new(written(found)) : new(standard);

    private Fact<WordSetting> Word(string key, string standard, Func<string, string>? read = null) => Of(key, f => WordSetting.At(f.Line, (read ?? Switch)(f.Value)), WordSetting.ByDefault(standard));

    private Fact<NumberSetting> Number(string key, long standard, Func<string, long?> read) => Of(key, f => NumberSetting.At(f.Line, read(f.Value)), NumberSetting.ByDefault(standard));

    private Fact<ListSetting> List(string key, Func<string, List<string>> read) => Of(key, f => ListSetting.At(f.Line, read(f.Value)), ListSetting.ByDefault([]));

    /// <summary>The last line counts, an included file where it stands.</summary>
    private void Collect(HostSnapshot snapshot, string path, int depth)
    {
        foreach (var line in _budget.Lines(snapshot, path, depth) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：引用的 {path} 不存在"))
        {
            if (Split(line) is not { } pair)
            {
                continue;
            }

            var full = pair.Value.StartsWith('/') ? pair.Value : $"{path[..path.LastIndexOf('/')]}/{pair.Value}";
            switch (pair.Key)
            {
                case "include":
                    Collect(snapshot, full, depth + 1);
                    break;
                case "include_if_exists":
                    if (snapshot.Find(full).State != FileState.Missing)
                    {
                        Collect(snapshot, full, depth + 1);
                    }

                    break;
                case "include_dir":
                    snapshot.Included($"{full.TrimEnd('/')}/*.conf").ToList().ForEach(f => Collect(snapshot, f, depth + 1));
                    break;
                default:
                    _values[pair.Key] = (pair.Value, line);
                    break;
            }
        }
    }

    /// <summary>What ALTER SYSTEM wrote lies in the data folder and goes before everything.</summary>
    private void Automatic(HostSnapshot snapshot, string folder)
    {
        var path = $"{folder}/postgresql.auto.conf";
        if (snapshot.Find(path).State is FileState.Missing or FileState.NotCollected)
        {
            throw new UnableException(FailureKind.AccessDenied, $"没有读到 {path}，它的设置优先于其他文件");
        }

        Collect(snapshot, path, 1);
    }
}
