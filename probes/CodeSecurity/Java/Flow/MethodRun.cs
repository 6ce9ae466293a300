namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Goes through one method, statement by statement, with what is known of its variables and objects, and sums up what a call of it does.</summary>
internal sealed partial class MethodRun
{
    private const int LooksBetweenClocks = 512;

    private readonly SummaryBook _book;
    private readonly JavaProgram _program;
    private readonly ApiIndex _apis;
    private readonly ProgramMethod _method;
    private readonly CallContext _context;
    private readonly List<SinkHit> _hits = [];
    private readonly List<SinkHit> _closedHits = [];
    private readonly List<SharedInput> _shares = [];

    /// <summary>Null where nobody comes along.</summary>
    private FlowState? _now = new();

    /// <summary>The type names are looked up in; another one within code that was made elsewhere, and in what fields hold from the start.</summary>
    private JavaDeclaredType _type;

    /// <summary>File of what is gone through.</summary>
    private string _path;
    private Scopes _scopes = new();
    private ReturnPoint _returns = new();
    private int _steps;
    private int _looks;

    public MethodRun(SummaryBook book, ProgramMethod method, CallContext context)
    {
        (_book, _method, _context) = (book, method, context);
        _look = new DeepLook(ObjectAt);
        (_program, _apis, _type, _path, _uses) = (book.Program, book.Program.Apis, method.Owner, method.Owner.Path, new NameUses(method.Syntax));
    }

    public MethodSummary Run()
    {
        if (_method.Syntax.Body is null)
        {
            return MethodSummary.Nothing;
        }

        // Who is gone through around this one has lost that.
        var outer = FlowLosses.Take();
        Begin();
        if (_method.Syntax.IsConstructor && !CallsOther(_method.Syntax.Body))
        {
            InitializeFields();
        }

        Execute(_method.Syntax.Body);
        var sum = Sum();
        if (FlowLosses.Take() is { } lost)
        {
            _book.Cut.TryAdd(_method, lost);
        }

        if (outer is not null)
        {
            FlowLosses.Note(outer);
        }

        return sum;
    }

    private void Begin()
    {
        if (!_method.IsStatic)
        {
            _now![_scopes.Declare("this")] = Input(new InputOrigin(0, string.Empty), _context.Self ?? _method.Owner.FullName);
        }

        for (var i = 0; i < _method.Syntax.Parameters.Length; i++)
        {
            var type = (i < _context.Writers.Count ? _context.Writers[i] : null) ?? _method.ParameterTypes[i];
            var constant = i < _context.Constants.Count ? _context.Constants[i] : null;
            var element = _program.ElementOf(_method.Syntax.Parameters[i].Type, _method.Owner);
            var value = _program.IsInert(type, element) ? FlowValue.OfType(type).Holding(element) : Input(new InputOrigin(i + 1, string.Empty), type, element);
            value = i < _context.Pieces.Count && _context.Pieces[i] ? value.WithMarks(TaintMarks.Clean(value.Marks, ApiIndex.Piece)) : value;

            // Words of annotations are looked up with another state in place.
            value = CutOut(ValidGiven(value, _method.Syntax.Parameters[i]), _method.Syntax.Parameters[i]) with { Constant = constant };
            _now![_scopes.Declare(_method.Syntax.Parameters[i].Name, type)] = value;
        }
    }

    /// <summary>What fields hold before a constructor goes on.</summary>
    private void InitializeFields()
    {
        foreach (var member in _method.Owner.Syntax.Members)
        {
            if (member is JavaField field && !field.Modifiers.HasFlag(JavaModifiers.Static))
            {
                foreach (var variable in field.Variables.Where(v => v.Value is not null))
                {
                    var value = Narrow(Evaluate(variable.Value!), _program.NameOf(field.Type, _type));
                    Write(This(), variable.Name, value);
                }
            }
            else if (member is JavaInitializer { Modifiers: var modifiers } block && !modifiers.HasFlag(JavaModifiers.Static))
            {
                Execute(block.Body);
            }
        }
    }

    private static bool CallsOther(JavaBlock body) => body.Statements is [JavaExpressionStatement { Expression: JavaCall { Target: null, Name: "this" } }, ..];

    private FlowValue This() => _scopes.Find("this") is >= 0 and var at ? _now![at] : FlowValue.Unknown;

    private CodePlace Place(JavaSpan span) => new(_path, span.Start);

    /// <summary>What a dangerous place gets is told at once where it is foreign, and to the callers where it is theirs.</summary>
    /// <param name="weakness">Its bit.</param>
    /// <param name="site">The place.</param>
    /// <param name="marks">Of what it gets.</param>
    /// <param name="what">For people.</param>
    /// <param name="asked">What a callee it lies in has asked of what this method was given; null where it lies here.</param>
    private void Reach(int weakness, CodePlace site, TaintMark[] marks, StepWords what, AskedInputs? asked = null)
    {
        var isIdle = _book.Idle.Contains(_method);
        foreach (var mark in marks)
        {
            if ((mark.Cleaned >> weakness & 1) != 0)
            {
                continue;
            }

            var way = TaintStep.Add(mark.Way, site, what);
            way = isIdle && way is not null && !way.Words.Doubt.HasFlag(StepDoubt.Uncalled)
                ? new TaintStep(way.Place, way.Words with { Text = $"{way.What}（{Uncalled}）", Doubt = way.Words.Doubt | StepDoubt.Uncalled }, way.Before) : way;
            way = Aside(way);
            if (mark.Origin is InputOrigin input)
            {
                var isSoiled = (mark.Soiled >> weakness & 1) != 0;
                var hit = new SinkHit(weakness, site, input, way, isSoiled)
                {
                    IsDoubted = IsDoubted(weakness, mark.Cleaned),
                    Checked = !isSoiled && _now is not null && (_apis.Tails >> weakness & 1) != 0 ? _now.Checked.And(asked?.Vouched ?? InputSet.None) : InputSet.None,
                    Filled = _now?.Filled.And(asked?.Filled ?? InputSet.None) ?? InputSet.None,
                };
                var hits = _apis.IsClosed(weakness) ? _closedHits : _hits;
                var known = hits.FindIndex(h => h.IsSame(hit));
                if (known >= 0)
                {
                    hits[known] = hits[known].Meet(hit);
                }
                else if (HasRoom(hits.Count))
                {
                    hits.Add(hit);
                }
            }
            else if (!_apis.IsClosed(weakness) || (mark.Origin is ForeignOrigin origin && (origin.Leads >> weakness & 1) != 0))
            {
                _book.Tell(new FoundFlow(weakness, site, way, ((ForeignOrigin)mark.Origin).Trust) { IsDoubted = IsDoubted(weakness, mark.Cleaned) });
            }
        }
    }

    /// <summary>Doubts of the whole way that arise in this method stand at the end of it, where callers see them.</summary>
    private TaintStep? Aside(TaintStep? way)
    {
        var doubt = _book.Scarce.Of(_method.Owner) | (_now?.IsForDevelopers == true ? StepDoubt.ForDevelopers : StepDoubt.None);
        return way is null || (doubt & ~way.Words.Doubt) == StepDoubt.None ? way : new TaintStep(way.Place, way.Words with { Doubt = way.Words.Doubt | doubt }, way.Before);
    }

    /// <param name="Vouched">Checked for where paths lead.</param>
    /// <param name="Filled">Parts that hold something.</param>
    private sealed record AskedInputs(InputSet Vouched, InputSet Filled);

    /// <summary>What a static field gets: foreign values are told to all, those of callers to the callers.</summary>
    private void Share(string field, TaintMark[] marks)
    {
        _book.Lasting.Share(field, marks, _method);
        foreach (var mark in marks)
        {
            if (mark.Origin is InputOrigin && !_shares.Exists(s => s.Field == field && s.Mark.Origin.Equals(mark.Origin)) && HasRoom(_shares.Count))
            {
                _shares.Add(new SharedInput(field, mark));
            }
        }
    }

    private bool HasRoom(int count)
    {
        if (count < _book.Limits.Hits)
        {
            return true;
        }

        _book.Cut.TryAdd(_method, $"去向多于 {_book.Limits.Hits} 个");
        return false;
    }

    private bool GoOn()
    {
        if (_now is null)
        {
            return false;
        }

        if (++_steps <= _book.Limits.Steps)
        {
            return true;
        }

        _book.Cut[_method] = "语句过多";
        return false;
    }

    /// <summary>Counts expressions, those that are looked at once more for a condition too: conditions in conditions double them.</summary>
    private bool LookOn()
    {
        if (++_looks > _book.Limits.Looks)
        {
            _book.Cut.TryAdd(_method, "表达式过多");
            _looks = _book.Limits.Looks;
            return false;
        }

        if (_looks % LooksBetweenClocks == 0 && _book.IsOver)
        {
            _book.Cut[_method] = SummaryBook.TimeIsUp;
            _looks = _book.Limits.Looks;
            return false;
        }

        return true;
    }

    private FlowState? Join(FlowState? a, FlowState? b) => FlowState.Join(a, b, Missing);
}
