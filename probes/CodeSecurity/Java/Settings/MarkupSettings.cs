namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// web.xml, Spring XML, logging files and shiro.ini as keys and values: <c>web.session-config.session-timeout</c>, <c>web.servlet.CLASS.PARAMETER</c>,
/// <c>xml.csrf.disabled</c>, <c>log.root</c>, <c>shiro.urls</c>, <c>shiro.cipherKey</c>.
/// </summary>
internal sealed class MarkupSettings(Func<bool> isLate)
{
    private const int MostEntries = 5_000;

    private readonly List<SettingEntry> _entries = [];
    private bool _isCut;

    /// <returns>Null where the file is none of these.</returns>
    /// <exception cref="SettingFaultException">It is one, and cannot be read.</exception>
    public static SettingFile? Read(string path, string text, SettingLimits limits, Func<bool> isLate)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant();
        var isIni = name.StartsWith("shiro", StringComparison.Ordinal) && name.EndsWith(".ini", StringComparison.Ordinal);
        if (!isIni && !IsMarkup(name, text))
        {
            return null;
        }

        if (text.Length > limits.Characters || isLate())
        {
            throw new SettingFaultException($"长于 {limits.Characters} 个字符或超时");
        }

        var settings = new MarkupSettings(isLate);
        if (isIni)
        {
            settings.Ini(text);
        }
        else
        {
            settings.Markup(Root(text));
        }

        return new SettingFile(path, settings._entries, settings._isCut) { Left = settings._isCut ? $"多于 {MostEntries} 项，其余没有读" : null };
    }

    private static bool IsMarkup(string name, string text) =>
        name is "web.xml"
        || ((name.StartsWith("logback", StringComparison.Ordinal) || name.StartsWith("log4j2", StringComparison.Ordinal)) && name.EndsWith(".xml", StringComparison.Ordinal))
        || (text.Contains("springframework.org/schema/beans", StringComparison.Ordinal) && (text.Contains("org.apache.shiro", StringComparison.Ordinal) || text.Contains("springframework.org/schema/security", StringComparison.Ordinal)));

    private static ManifestElement Root(string text)
    {
        try
        {
            return ManifestElement.Parse(WithoutDocumentType(text));
        }
        catch (ManifestFaultException broken)
        {
            throw new SettingFaultException(broken.Message);
        }
    }

    /// <summary>Old web.xml names its DTD, which nobody fetches; one that declares something of its own is not read.</summary>
    private static string WithoutDocumentType(string text)
    {
        var start = text.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : text.IndexOf('>', start);
        return end < 0 || text.AsSpan(start, end - start).Contains('[') ? text : string.Concat(text.AsSpan(0, start), new string('\n', text.AsSpan(start, end - start).Count('\n')), text.AsSpan(end + 1));
    }

    private void Markup(ManifestElement root)
    {
        switch (root.Name)
        {
            case "web-app":
                WebApplication(root);
                break;
            case "configuration" or "Configuration":
                Logging(root);
                break;
            case "beans":
                Beans(root);
                break;
        }
    }

    private void Add(string key, string value, int line, string? profile = null)
    {
        EndWhereLate();
        _isCut |= _entries.Count >= MostEntries;
        if (!_isCut)
        {
            _entries.Add(new SettingEntry(SettingKey.Canonical(key), value, line, profile));
        }
    }

    private void EndWhereLate()
    {
        if (isLate())
        {
            throw new SettingFaultException("超时");
        }
    }

    private void WebApplication(ManifestElement root)
    {
        Add("web", "true", root.Line);
        foreach (var session in root.Each("session-config"))
        {
            foreach (var part in session.Children.Concat(session.Each("cookie-config").SelectMany(c => c.Children)).Where(c => c.Text.Length > 0))
            {
                Add($"web.session-config.{part.Name}", part.Text, part.Line);
            }
        }

        foreach (var page in root.Each("error-page"))
        {
            Add("web.error-page", page.TextOf("location") ?? "", page.Line);
        }

        foreach (var served in root.Children.Where(c => c.Name is "servlet" or "filter"))
        {
            var type = served.TextOf($"{served.Name}-class") ?? "";
            var head = $"web.{served.Name}.{type[(type.LastIndexOf('.') + 1)..]}";
            Add(head, "true", served.Line);
            foreach (var parameter in served.Each("init-param"))
            {
                Add($"{head}.{parameter.TextOf("param-name")}", parameter.TextOf("param-value") ?? "", parameter.Line);
            }
        }
    }

    private void Logging(ManifestElement root)
    {
        foreach (var (element, profile) in root.Children.Select(c => (c, default(string))).Concat(root.Each("springProfile").SelectMany(p => p.Children.Select(c => (c, p.Attributes.GetValueOrDefault("name"))))))
        {
            var logger = element.Name == "root" ? element : element.Name == "Loggers" ? element.Child("Root") : null;
            if (logger?.Attributes.GetValueOrDefault("level") is { } level)
            {
                Add("log.root", level, logger.Line, profile);
            }
        }
    }

    private void Beans(ManifestElement root)
    {
        foreach (var http in root.Below("http"))
        {
            if (http.Attributes.GetValueOrDefault("security") == "none")
            {
                Add("xml.unsecured", http.Attributes.GetValueOrDefault("pattern") ?? "/**", http.Line);
            }

            foreach (var csrf in http.Each("csrf"))
            {
                Add("xml.csrf.disabled", csrf.Attributes.GetValueOrDefault("disabled") ?? "false", csrf.Line);
            }

            foreach (var rule in http.Each("intercept-url"))
            {
                Add("xml.intercept", $"{rule.Attributes.GetValueOrDefault("pattern")} {rule.Attributes.GetValueOrDefault("access")}", rule.Line);
            }
        }

        foreach (var property in root.Below("property"))
        {
            EndWhereLate();
            var value = property.Attributes.GetValueOrDefault("value") ?? property.TextOf("value") ?? property.Text;
            switch (property.Attributes.GetValueOrDefault("name"))
            {
                case "filterChainDefinitions":
                    Chains(value.Split('\n').Select(l => (l.Trim(), property.Line)));
                    break;
                case "cipherKey":
                    Add("shiro.cipherKey", value, property.Line);
                    break;
            }
        }
    }

    private void Ini(string text)
    {
        var (section, chains) = ("", new List<(string, int)>());
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length && !_isCut; at++)
        {
            EndWhereLate();
            var line = lines[at].Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[')
            {
                section = line.Trim('[', ']').Trim();
            }
            else if (section == "urls")
            {
                chains.Add((line, at + 1));
            }
            else if (section == "main" && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut && line[..cut].TrimEnd().EndsWith("cipherKey", StringComparison.OrdinalIgnoreCase))
            {
                Add("shiro.cipherKey", line[(cut + 1)..].Trim(), at + 1);
            }
        }

        Chains(chains);
    }

    /// <summary>Patterns with the filters before them; where none takes all paths that says so.</summary>
    private void Chains(IEnumerable<(string Text, int Line)> lines)
    {
        var chains = lines.Where(l => l.Text.Length > 0 && l.Text[0] is not ('#' or ';') && l.Text.Contains('=', StringComparison.Ordinal)).ToList();
        foreach (var (text, line) in chains)
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            Add("shiro.urls", $"{text[..cut].Trim()} = {text[(cut + 1)..].Trim()}", line);
        }

        if (chains.Count > 0 && !chains.Exists(c => c.Text.StartsWith("/**", StringComparison.Ordinal)))
        {
            Add("shiro.urls-open", "true", chains[^1].Line);
        }
    }
}
