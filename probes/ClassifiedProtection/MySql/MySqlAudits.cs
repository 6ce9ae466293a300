namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What writes down who did what: the general log where it goes somewhere, and plug-ins that audit and are switched on.</summary>
internal static class MySqlAudits
{
    private static readonly string[] Names =
        ["general_log", "general_log_file", "log_output", "plugin_load", "plugin_load_add", "server_audit", "server_audit_incl_users", "server_audit_excl_users", "server_audit_events", "server_audit_logging", "server_audit_file_path", "audit_log", "audit_log_policy", "audit_json_file"];

    private static readonly string[] Narrowing = ["server_audit_incl_users", "server_audit_excl_users", "server_audit_events"];

    /// <summary>Null where something that bears on it cannot be told.</summary>
    public static IReadOnlyList<Sighting>? Of(MySqlOptions options, List<Sighting> doubts)
    {
        var found = new List<Sighting>();
        if (options.Values.TryGetValue("general_log", out var general) && general.Switch == "on" && Word(options, "log_output") is var output
            && !output.Split(',').Any(o => o.Trim() == "none") && (output.Contains("table", StringComparison.Ordinal) || !NullDevice.Is(Word(options, "general_log_file"))))
        {
            found.Add(new Sighting("general_log", general.Line.Place));
        }

        var plugins = options.Plugins.SelectMany(p => p.Value.Split([';', ',', ':'], StringSplitOptions.RemoveEmptyEntries).Select(v => (Text: v.Trim().ToLowerInvariant(), p.Line))).Where(p => p.Text.Contains("audit", StringComparison.Ordinal)).ToList();
        var isLoaded = plugins.Exists(p => p.Text.Contains("server_audit", StringComparison.Ordinal));
        if (options.Values.TryGetValue("server_audit_logging", out var logging) && logging.Switch == "on" && (isLoaded || !logging.IsLoose) && !IsOff(options, "server_audit") && !NullDevice.Is(Word(options, "server_audit_file_path")))
        {
            // Whom and what of it leaves out no list of names tells.
            var narrowed = Narrowing.Where(n => options.Values.ContainsKey(n) && !IsHarmless(n, Word(options, n))).Select(n => options.Values[n]).ToList();
            narrowed.ForEach(n => doubts.Add(new Sighting($"{n.Name} = {n.Value}", n.Line.Place)));
            (narrowed.Count == 0 ? found : []).Add(new Sighting("server_audit_logging", logging.Line.Place));
        }

        foreach (var (text, line) in plugins.Where(p => !p.Text.Contains("server_audit", StringComparison.Ordinal) && !p.Text.Contains("audit_null", StringComparison.Ordinal)))
        {
            var isKnown = text is "audit_log" or "audit_log.so" or "audit_log=audit_log.so";
            if (isKnown && !IsOff(options, "audit_log") && Word(options, "audit_log_policy") != "none")
            {
                found.Add(new Sighting(text, line.Place));
            }
            else if (!isKnown && options.Values.TryGetValue("audit_json_file", out var json) && json.Switch == "on")
            {
                found.Add(new Sighting($"{text}、audit_json_file", json.Line.Place));
            }
            else if (!isKnown)
            {
                doubts.Add(new Sighting($"插件 {text}", line.Place));
            }
        }

        var unclear = Names.Any(options.Doubts.ContainsKey) || (found.Count == 0 && doubts.Count > 0);
        return unclear ? null : found;
    }

    private static bool IsHarmless(string name, string value) =>
        value.Length == 0 || (name == "server_audit_events" && value.Split(',').Select(v => v.Trim()).ToList() is var events && (events.Contains("query") || (events.Contains("query_ddl") && events.Contains("query_dcl"))));

    private static bool IsOff(MySqlOptions options, string plugin) => Word(options, plugin) is "0" or "off" or "false";

    private static string Word(MySqlOptions options, string name) => options.Values.TryGetValue(name, out var option) ? option.Value.ToLowerInvariant() : "";
}
