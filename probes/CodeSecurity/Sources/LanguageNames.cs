namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which language a file is in: by its name, by its first lines where the name says nothing or too much.</summary>
internal static class LanguageNames
{
    private const int HeadLength = 4096;

    private static readonly Dictionary<string, SourceLanguage> Extensions = new(StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, SourceLanguage> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dockerfile"] = SourceLanguage.Dockerfile,
        ["containerfile"] = SourceLanguage.Dockerfile,
        ["jenkinsfile"] = SourceLanguage.Gradle,
        ["nginx.conf"] = SourceLanguage.Nginx,
        ["pipfile"] = SourceLanguage.Toml,
        ["poetry.lock"] = SourceLanguage.Toml,
        ["cargo.lock"] = SourceLanguage.Toml,
        [".npmrc"] = SourceLanguage.Properties,
        [".env"] = SourceLanguage.Shell,
        [".bashrc"] = SourceLanguage.Shell,
        [".profile"] = SourceLanguage.Shell,
        [".prettierrc"] = SourceLanguage.Yaml,
        [".babelrc"] = SourceLanguage.Json,
        [".eslintrc"] = SourceLanguage.Json,
        ["yarn.lock"] = SourceLanguage.Yaml,
    };

    static LanguageNames()
    {
        Add(SourceLanguage.Java, "java");
        Add(SourceLanguage.Kotlin, "kt kts");
        Add(SourceLanguage.CSharp, "cs csx");
        Add(SourceLanguage.JavaScript, "js mjs cjs jsx wxs es6");
        Add(SourceLanguage.TypeScript, "ts tsx mts cts ets uts");
        Add(SourceLanguage.Vue, "vue uvue nvue");
        Add(SourceLanguage.Python, "py pyw pyi pyx pxd pxi rpy wsgi");
        Add(SourceLanguage.Go, "go");
        Add(SourceLanguage.C, "c h");
        Add(SourceLanguage.Cpp, "cpp cc cxx c++ hpp hh hxx h++ ipp inl tpp");
        Add(SourceLanguage.Php, "php php3 php4 php5 php7 php8 phtml phps");
        Add(SourceLanguage.Html, "html htm xhtml wxml ftl ftlh vm hbs ejs");
        Add(SourceLanguage.Jsp, "jsp jspx jspf tag tagx");
        Add(SourceLanguage.Xml, "xml xsd xsl xslt wsdl pom csproj vbproj fsproj props targets nuspec resx config svg xaml fxml iml plist tld jrxml dtd");
        Add(SourceLanguage.Yaml, "yml yaml");
        Add(SourceLanguage.Properties, "properties ini cfg cnf prefs");
        Add(SourceLanguage.Json, "json json5 jsonc webmanifest");
        Add(SourceLanguage.Toml, "toml");
        Add(SourceLanguage.Shell, "sh bash zsh ksh env");
        Add(SourceLanguage.Sql, "sql ddl dml pks pkb plsql prc");
        Add(SourceLanguage.Gradle, "gradle groovy");
        Add(SourceLanguage.Dockerfile, "dockerfile");
        Add(SourceLanguage.Nginx, "nginx");
    }

    /// <param name="path">Relative, with forward slashes.</param>
    /// <param name="text">Of the file.</param>
    public static SourceLanguage Of(string path, string text)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var head = text.AsSpan(0, Math.Min(text.Length, HeadLength));
        var named = ByName(name);
        return named == SourceLanguage.C && name.EndsWith(".h", StringComparison.OrdinalIgnoreCase) && LooksCpp(text) ? SourceLanguage.Cpp
            : named == SourceLanguage.Other ? ByContent(name, head)
            : named;
    }

    private static SourceLanguage ByName(string name)
    {
        if (Names.TryGetValue(name, out var known))
        {
            return known;
        }

        if (name.StartsWith("Dockerfile.", StringComparison.OrdinalIgnoreCase))
        {
            return SourceLanguage.Dockerfile;
        }

        if (name.StartsWith(".env.", StringComparison.OrdinalIgnoreCase))
        {
            return SourceLanguage.Shell;
        }

        var dot = name.LastIndexOf('.');
        return dot >= 0 && Extensions.TryGetValue(name[(dot + 1)..], out known) ? known : SourceLanguage.Other;
    }

    private static SourceLanguage ByContent(string name, ReadOnlySpan<char> head)
    {
        var trimmed = head.TrimStart();
        if (trimmed.StartsWith("#!"))
        {
            return ByShebang(trimmed[..(trimmed.IndexOfAny('\r', '\n') is >= 0 and var end ? end : trimmed.Length)]);
        }

        if (trimmed.StartsWith("<?php", StringComparison.OrdinalIgnoreCase))
        {
            return SourceLanguage.Php;
        }

        if (trimmed.StartsWith("<?xml"))
        {
            return SourceLanguage.Xml;
        }

        if (trimmed.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase))
        {
            return SourceLanguage.Html;
        }

        return name.EndsWith(".conf", StringComparison.OrdinalIgnoreCase) ? LooksNginx(head) ? SourceLanguage.Nginx : SourceLanguage.Properties : SourceLanguage.Other;
    }

    private static SourceLanguage ByShebang(ReadOnlySpan<char> line) =>
        line.Contains("python", StringComparison.Ordinal) ? SourceLanguage.Python
        : line.Contains("node", StringComparison.Ordinal) ? SourceLanguage.JavaScript
        : line.Contains("php", StringComparison.Ordinal) ? SourceLanguage.Php
        : line.Contains("groovy", StringComparison.Ordinal) ? SourceLanguage.Gradle
        : line.Contains("bun", StringComparison.Ordinal) || line.Contains("deno", StringComparison.Ordinal) ? SourceLanguage.TypeScript
        : line.Contains("sh", StringComparison.Ordinal) ? SourceLanguage.Shell
        : SourceLanguage.Script;

    private static bool LooksNginx(ReadOnlySpan<char> head) =>
        head.Contains('{') && head.Contains(';') && (head.Contains("server", StringComparison.Ordinal) || head.Contains("location", StringComparison.Ordinal) || head.Contains("upstream", StringComparison.Ordinal));

    private static bool LooksCpp(string text) =>
        text.Contains("namespace ", StringComparison.Ordinal) || text.Contains("template<", StringComparison.Ordinal) || text.Contains("template <", StringComparison.Ordinal)
        || text.Contains("public:", StringComparison.Ordinal) || text.Contains("std::", StringComparison.Ordinal);

    private static void Add(SourceLanguage language, string extensions)
    {
        foreach (var extension in extensions.Split(' '))
        {
            Extensions.Add(extension, language);
        }
    }
}
