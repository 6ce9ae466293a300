namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The pages of a tree in Java, and the way back to what is written.</summary>
internal sealed class JavaPages
{
    /// <summary>Characters of Java, and of what is included to make it, of all pages together.</summary>
    private const long MostText = 256L * 1024 * 1024;

    private readonly Dictionary<string, TranslatedPage> _byPath = new(StringComparer.Ordinal);

    private JavaPages(List<TranslatedPage> all)
    {
        All = all;
        foreach (var page in all)
        {
            _byPath[page.Path] = page;
        }

        Views = new PageViews(all);
    }

    public IReadOnlyList<TranslatedPage> All { get; }

    public PageViews Views { get; }

    /// <param name="texts">Of pages by path.</param>
    /// <param name="properties">Settings of the tree.</param>
    /// <param name="stop">Between two pages.</param>
    /// <param name="most">Characters of all pages together; a page behind them is told and not made.</param>
    public static JavaPages Of(SortedDictionary<string, string> texts, IReadOnlyDictionary<string, string> properties, CancellationToken stop, long most = MostText)
    {
        var (files, made, total) = (new PageFiles(texts), new List<TranslatedPage>(), 0L);
        foreach (var (path, text) in texts)
        {
            stop.ThrowIfCancellationRequested();
            if (Builder(path, files, properties) is not { } builder)
            {
                continue;
            }

            if (total >= most)
            {
                made.Add(new TranslatedPage(path, "view$." + files.TypeOf(path), string.Empty, new PageMap([]), [(new CodePlace(path, 0), "全部页面展开后过长，这个页面没有读")]));
                continue;
            }

            var page = builder.Make(path, text, files.NumberOf(path));
            total += page.Java.Length + builder.Included;
            made.Add(page);
        }

        return new JavaPages(made.FindAll(p => !files.Included.Contains(p.Path)));
    }

    private static PageBuilder? Builder(string path, PageFiles files, IReadOnlyDictionary<string, string> properties) => PageKinds.Of(path) switch
    {
        PageKind.Jsp => new JspPage(files),
        PageKind.FreeMarker => new FreeMarkerPage(files, properties),
        PageKind.Velocity => new VelocityPage(properties),
        PageKind.Thymeleaf => new ThymeleafPage(),
        PageKind.Mustache => new MustachePage(),
        _ => null,
    };

    /// <summary>The place in the page; a place that is in no page stays.</summary>
    public CodePlace Written(CodePlace place) => _byPath.TryGetValue(place.File, out var page) && page.Map.Written(place.At) is { } written ? written : place;

    /// <summary>The same with places in pages.</summary>
    public FlowResult Written(FlowResult result) => _byPath.Count == 0
        ? result
        : result with { Found = [.. result.Found.Select(Written)], Believed = [.. result.Believed.Select(Written).Distinct()] };

    private FoundFlow Written(FoundFlow flow)
    {
        var steps = new Stack<TaintStep>();
        for (var step = flow.Way; step is not null; step = step.Before)
        {
            steps.Push(step);
        }

        TaintStep? way = null;
        foreach (var step in steps)
        {
            way = new TaintStep(Written(step.Place), _byPath.ContainsKey(step.Place.File) ? Said(step.What) : step.What, way);
        }

        return flow with { Site = Written(flow.Site), Way = way, Beginnings = [.. flow.Beginnings.Select(b => new TaintStep(Written(b.Place), b.What, null))] };
    }

    /// <summary>Calls that stand for what a page does, as people say it.</summary>
    private static string Said(string what) => what switch
    {
        "unescaped 使用" => "未经转义输出",
        "print 使用" => "输出到页面",
        "evaluate 使用" => "作为表达式执行",
        "query 使用" => "作为 SQL 执行",
        _ => what.Replace("经过 getAttribute", "取出属性", StringComparison.Ordinal),
    };
}
