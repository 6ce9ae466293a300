namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Pages that are filled in with what a program hands over.</summary>
internal sealed partial class MethodRun
{
    private const string ViewPart = "view";
    private const int LongestSaid = 60;
    private const int MostViews = 8;

    /// <summary>Stands in steps whose danger depends on how the tree is set up.</summary>
    public const string Depending = "视视图解析方式而定";

    /// <summary>Of what these say where it comes from nothing goes to a page by itself.</summary>
    private static readonly string[] OfRequests = ["RequestParam", "RequestBody", "RequestHeader", "PathVariable", "CookieValue", "MatrixVariable"];

    private static readonly string[] Models =
        ["org.springframework.ui.Model", "org.springframework.ui.ModelMap", "org.springframework.ui.ExtendedModelMap", "org.springframework.ui.ConcurrentModel", "java.util.Map", "java.util.HashMap", "org.springframework.web.servlet.ModelAndView", TranslatedPage.Request, "javax.servlet.ServletRequest"];

    /// <returns>Null where the engine knows no such behaviour of pages.</returns>
    private FlowValue? ActOnViews(string act, CallSite site)
    {
        var (first, second) = (At(site, 0), At(site, 1));
        switch (act)
        {
            case "set-self":
                Write(site.Receiver ?? FlowValue.Unknown, PartOf(first.Constant), second, site.ReceiverSyntax);
                return site.Receiver ?? FlowValue.Unknown;
            case "part":
                return first.Objects.Length == 0 && first.Marks.Length == 0 ? FlowValue.Unknown : second.Constant is string name ? Property(first, name, site) : Read(first, FlowObject.Any);
            case "context":
                return first.Typed("javax.servlet.jsp.PageContext");
            case "bound":
                return first with { Marks = TaintMarks.Union(first.Marks, Deep(second)), Objects = [] };
            case "view-new":
                return NewView(site, first, second);
            case "dispatcher":
                var dispatcher = Allocate(site.Node, FlowObject.New("javax.servlet.RequestDispatcher"));
                Write(dispatcher, ViewPart, first);
                return dispatcher;
            case "dispatch":
                Show(Read(site.Receiver ?? FlowValue.Unknown, ViewPart), first, site);
                return FlowValue.Unknown;
            case "show":
                Show(first, second, site);
                return FlowValue.Unknown;
            default:
                return null;
        }
    }

    private const int MostAsked = 4;

    private int _asked;

    /// <summary>A page asks for parts by their names and does not know of what type they are.</summary>
    private FlowValue ReadGiven(FlowValue value, string part, CallSite site)
    {
        if (part is not ['[', .. var name, ']'] || name.Length == 0)
        {
            return Read(value, part);
        }

        FlowValue? all = null;
        var inputs = Array.ConvertAll(value.Objects, o => ObjectAt(o)?.Input);
        foreach (var (number, own) in value.Objects.Zip(inputs))
        {
            // The mark of another object says nothing of the parts of this one.
            var marks = Array.FindAll(value.Marks, m => m.Origin.Equals(own) || !Array.Exists(inputs, i => m.Origin.Equals(i)));
            var one = value with { Marks = marks, Objects = [number], Type = ObjectAt(number)?.Type ?? value.Type };
            // A method that reads a part of its own object by the name of the part would ask for itself without end.
            var read = _asked < MostAsked && _program.Find(one.Type) is not null ? Asked(one, name, site) : Read(one, part);
            all = all is null ? read : FlowValue.Join(all, read);
        }

        return all ?? Read(value, part);
    }

    private FlowValue Asked(FlowValue one, string name, CallSite site)
    {
        _asked++;
        var read = Property(one, name, site);
        _asked--;
        return read;
    }

    private FlowValue NewView(CallSite site, FlowValue first, FlowValue second)
    {
        var made = Allocate(site.Node, FlowObject.New("org.springframework.web.servlet.ModelAndView"));
        Write(made, ViewPart, first);
        if (site.Arguments.Count == 3)
        {
            Write(made, PartOf(second.Constant), At(site, 2));
        }
        else if (site.Arguments.Count == 2)
        {
            foreach (var (part, value) in second.Objects.Select(ObjectAt).Where(o => o is not null).SelectMany(o => o!.Parts).Where(p => p.Key.StartsWith('[')).ToList())
            {
                Write(made, part, value);
            }
        }

        return made;
    }

    /// <summary>Fills in the pages of a name, where it is known.</summary>
    private void Show(FlowValue view, FlowValue model, CallSite site)
    {
        if (view.Constant is string name)
        {
            foreach (var page in _program.Views.Find(name, _path))
            {
                Fill(page, model, site);
            }
        }
    }

    private void Fill(TranslatedPage page, FlowValue model, CallSite site)
    {
        if (_now is null || _program.Find(page.Type) is not { } type || _program.Declared(type, TranslatedPage.Fill) is not [var fill])
        {
            return;
        }

        var said = page.Path.Length > LongestSaid ? page.Path[^LongestSaid..] : page.Path;
        new SummaryUse(this, fill, site with { Name = $"页面 {said}", Receiver = null, ReceiverSyntax = null, Arguments = [model with { Type = TranslatedPage.Request, Constant = null }, FlowValue.OfType("javax.servlet.http.HttpServletResponse")], Syntax = default }).Apply();
    }

    /// <summary>A method of a controller hands a view back.</summary>
    private void ShowReturned(JavaReturn end, FlowValue value)
    {
        if (_lambdas > 0 || end.Value is null || _now is null || !Controllers.ShowsViews(_method))
        {
            return;
        }

        var site = new CallSite(end, end.Span, "视图", null, null, [], default);
        var isText = value.Type is null or "java.lang.String" || _method.ReturnType == "java.lang.String";
        var view = isText && value.Objects.Length == 0 ? value : Read(value, ViewPart);
        JudgeName(view, end.Value, isText, site);
        if (_program.Views.IsEmpty)
        {
            return;
        }

        var model = Model(value, end);
        foreach (var name in Names(view, end.Value).Take(MostViews))
        {
            Show(FlowValue.Of(name), model, site);
        }
    }

    /// <summary>Names of views that come to be returned.</summary>
    private static IEnumerable<string> Names(FlowValue view, JavaExpression written) =>
        view.Constant is string name ? [name]
        : view.Marks.Length > 0 ? []
        : JavaWalk.All(written).OfType<JavaLiteral>().Where(l => l.Kind == JavaTokenKind.StringLiteral && written is JavaConditional).Select(l => l.Value);

    /// <summary>All that a page can be filled in with.</summary>
    private FlowValue Model(FlowValue returned, JavaReturn end)
    {
        var objects = new List<int>(returned.Objects);
        var own = FlowObject.New(null);
        for (var i = 0; i < _method.Syntax.Parameters.Length; i++)
        {
            var parameter = _method.Syntax.Parameters[i];
            if (Models.Contains(_method.ParameterTypes[i], StringComparer.Ordinal))
            {
                if (!Array.Exists(OfRequests, a => Has(parameter.Annotations, a) is not null) && _inputs.TryGetValue(new InputOrigin(i + 1, string.Empty), out var number))
                {
                    objects.Add(number);
                }
            }
            else if (Controllers.AttributeOf(parameter, _method.ParameterTypes[i]) is { } attribute && _scopes.Find(parameter.Name) is >= 0 and var variable)
            {
                own = own.With(PartOf(attribute), _now![variable]);
            }
        }

        var made = Allocate(end, own);
        return new FlowValue(TaintMarks.None, null, TranslatedPage.Request, [.. objects, .. made.Objects]);
    }

    /// <summary>Whoever chooses the name of a view chooses a page, or where the browser goes.</summary>
    private void JudgeName(FlowValue view, JavaExpression written, bool isText, CallSite site)
    {
        if (view.Marks.Length == 0)
        {
            return;
        }

        var first = (isText ? Controllers.FirstText(written) : null) ?? Controllers.FirstText(_method, written);
        if (first?.StartsWith("redirect:", StringComparison.Ordinal) == true)
        {
            if (_apis.BitOf("redirect") is >= 0 and var redirect && Controllers.IsOpen(first["redirect:".Length..]))
            {
                Reach(redirect, Place(site.Span), view.Marks, "作为跳转地址返回");
            }
        }
        else if (isText && _program.Views.MayEvaluateNames && _apis.BitOf("template") is >= 0 and var template)
        {
            Reach(template, Place(site.Span), view.Marks, new StepWords($"作为视图名返回（{Depending}）", StepDoubt.OnResolution));
        }
    }
}
