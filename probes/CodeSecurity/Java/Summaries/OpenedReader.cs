namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What one XML file opens, as it is written there: names of types or of beans.</summary>
/// <param name="text">Of any document.</param>
/// <param name="beans">Takes the classes of the beans it declares, by their names.</param>
internal sealed class OpenedReader(string text, Dictionary<string, string> beans)
{
    private const int MostBeans = 50_000;
    private const int Deepest = 100;

    /// <summary>Elements that open the interface they name, whatever stands before the colon: dubbo, hsf, sofa, motan.</summary>
    private static readonly string[] Serving = ["service", "provider"];

    private readonly MarkupTags _tags = new(text);

    /// <summary>As what the beans around open a type; null for those that open none.</summary>
    private readonly Stack<string?> _around = new();
    private string _root = string.Empty;
    private (string Type, string As)? _within;

    public IEnumerable<(string Type, string As)> All()
    {
        foreach (var piece in _tags.All())
        {
            if (piece.Kind == MarkupKind.Text)
            {
                if (_within is { As: var opened } && text[piece.From..piece.To].Trim() is { Length: > 0 } name)
                {
                    _within = null;
                    yield return (name, opened);
                }

                continue;
            }

            if (piece.Kind == MarkupKind.Close)
            {
                _within = null;
                if (Local(piece.Name) == "bean")
                {
                    _around.TryPop(out _);
                }

                continue;
            }

            _root = _root.Length == 0 ? Local(piece.Name) : _root;
            foreach (var found in Opened(piece))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<(string Type, string As)> Opened(MarkupPiece tag)
    {
        var (name, prefix) = (Local(tag.Name), tag.Name.Contains(':', StringComparison.Ordinal));
        if (_root is "struts" or "xwork")
        {
            return name == "action" && Said(tag, "class") is { } action ? [(action, OpenedTypes.Action)] : [];
        }

        if (_root == "dwr")
        {
            return name == "param" && Said(tag, "name") is "class" or "beanName" && Said(tag, "value") is { } script ? [(script, OpenedTypes.Script)] : [];
        }

        return name switch
        {
            "bean" => Bean(tag),
            "property" => Property(tag),
            "endpoint" when prefix => Of(tag, OpenedTypes.WebService, "implementor", "implementorClass"),
            "server" when prefix => Of(tag, OpenedTypes.WebService, "serviceClass"),
            "serviceClass" or "implementationClass" => Within(OpenedTypes.WebService),
            "parameter" when Said(tag, "name") is "ServiceClass" => Within(OpenedTypes.WebService),
            _ when prefix && Array.IndexOf(Serving, name) >= 0 => Of(tag, OpenedTypes.Service, "interface"),
            _ => [],
        };
    }

    private IEnumerable<(string Type, string As)> Bean(MarkupPiece tag)
    {
        var type = Said(tag, "class");
        if (type is not null && beans.Count < MostBeans)
        {
            foreach (var name in new[] { Said(tag, "id"), Said(tag, "name") }.OfType<string>())
            {
                beans.TryAdd(name, type);
            }
        }

        var opened = type is null ? null
            : type.EndsWith("ServiceExporter", StringComparison.Ordinal) || type.EndsWith(".dubbo.config.spring.ServiceBean", StringComparison.Ordinal) ? OpenedTypes.Service
            : type.EndsWith("ServerFactoryBean", StringComparison.Ordinal) ? OpenedTypes.WebService
            : null;
        if (tag.Kind == MarkupKind.Open && _around.Count < Deepest)
        {
            _around.Push(opened);
        }

        return opened is null ? [] : Of(tag, opened, "p:serviceInterface", "p:serviceClass");
    }

    private IEnumerable<(string Type, string As)> Property(MarkupPiece tag)
    {
        if (!_around.TryPeek(out var opened) || opened is null || Said(tag, "name") is not ("serviceInterface" or "serviceClass" or "interface"))
        {
            return [];
        }

        return Said(tag, "value") is { } type ? [(type, opened)] : Within(opened);
    }

    /// <summary>The name stands between this tag and its end.</summary>
    private IEnumerable<(string Type, string As)> Within(string opened)
    {
        _within = (string.Empty, opened);
        return [];
    }

    private IEnumerable<(string Type, string As)> Of(MarkupPiece tag, string opened, params string[] attributes) =>
        attributes.Select(a => Said(tag, a)).OfType<string>().Select(t => (t.TrimStart('#'), opened));

    private string? Said(MarkupPiece tag, string attribute) => _tags.Attribute(tag, attribute)?.Trim() is { Length: > 0 } value ? value : null;

    private static string Local(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
