namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What writes down who did what: the general log where it goes somewhere, and plug-ins that audit and are switched on.</summary>
internal static class MySqlAudits
{
    private static readonly string[] Names =
        ["general_log", "general_log_file", "log_output", "plugin_load", "plugin_load_add", "server_audit", "server_audit_logging", "server_audit_file_path", "audit_log", "audit_log_policy", "audit_json_file"];

    /// <summary>Null where something that bears on it cannot be told.</summary>
    public static IReadOnlyList<Sighting>? Of(MySqlOptions options, List<Sighting> doubts)
    {
        var found = new List<Sighting>();
        if (options.Values.TryGetValue("general_log", out var general) && general.Switch == "on" && Word(options, "log_output") is var output
            && !output.Split(',').Any(o => o.Trim() == "none") && (output.Contains("table", StringComparison.Ordinal) || Word(options, "general_log_file") != "/dev/null"))
        {
            found.Add(new Sighting("general_log", general.Line.Place));
        }

        var plugins = options.Plugins.SelectMany(p => p.Value.Split([';', ',', ':'], StringSplitOptions.RemoveEmptyEntries).Select(v => (Text: v.Trim().ToLowerInvariant(), p.Line))).Where(p => p.Text.Contains("audit", StringComparison.Ordinal)).ToList();
        var isLoaded = plugins.Exists(p => p.Text.Contains("server_audit", StringComparison.Ordinal));
        if (options.Values.TryGetValue("server_audit_logging", out var logging) && logging.Switch == "on" && (isLoaded || !logging.IsLoose) && !IsOff(options, "server_audit") && Word(options, "server_audit_file_path") != "/dev/null")
        {
            found.Add(new Sighting("server_audit_logging", logging.Line.Place));
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

    private static bool IsOff(MySqlOptions options, string plugin) => Word(options, plugin) is "0" or "off" or "false";

    private static string Word(MySqlOptions options, string name) => options.Values.TryGetValue(name, out var option) ? option.Value.ToLowerInvariant() : "";
}
