namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a summary means at one call.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Turns what a summary says of inputs into what it means at one call.</summary>
    private sealed partial class SummaryUse
    {
        private const int VariableArguments = -1;

        private readonly MethodRun _run;
        private readonly ProgramMethod _method;
        private readonly CallSite _site;
        private Dictionary<InputOrigin, FlowValue> _inputs = [];
        private Dictionary<int, int[]>? _objects;

        /// <summary>Of what has come no way yet.</summary>
        private TaintStep? _there;
        private MethodSummary _summary = MethodSummary.Nothing;
        private HashSet<int>? _homeless;
        private StepEvent? _handed;

        /// <summary>To the call and on, by what came before and what comes after: many values come by the same ones.</summary>
        private readonly Dictionary<(TaintStep?, TaintStep?), TaintStep?> _ways = [];
        private InputOrigin? _hitOrigin;
        private TaintMark[] _hitMarks = TaintMarks.None;

        public SummaryUse(MethodRun run, ProgramMethod method, CallSite site) => (_run, _method, _site) = (run, method, site);

        /// <summary>What it is given is cleaned of where it comes back, by number of the input; known once it was applied.</summary>
        public ulong[] WhenBack => _summary.WhenBack;

        /// <summary>What it hands back may say how a check ended; known once it was applied.</summary>
        public bool TellsOutcome => _summary.Outcomes.Count > 1;

        /// <summary>It comes back by an exception alone, whatever else the same call may mean elsewhere; known once it was applied.</summary>
        public bool Ends => _summary.IsEndless && IsFixed(_method);

        public FlowValue Apply()
        {
            var context = _run.ContextOf(_site.Arguments, _method.ParameterTypes).With(_run.NoTexts(_method, _site));
            _summary = _run._book.Of(_method, _run.OnSelf(context, _method, _site.Receiver));
            foreach (var hit in _summary.Hits)
            {
                TellHit(hit);
            }

            foreach (var shared in _summary.Shares)
            {
                var marks = _run.Deep(Given((InputOrigin)shared.Mark.Origin));
                _run.Share(shared.Field, Array.ConvertAll(marks, m => shared.Mark.Behind(m, Way(m.Way, shared.Mark.Way))));
            }

            foreach (var one in _summary.Objects.Values)
            {
                if (one.Input is not null)
                {
                    Change(one);
                }
            }

            if (_summary.Raised.Any(r => r.Marks.Length > 0))
            {
                _run.RaiseAll([.. _summary.Raised.Select(r => FlowValue.Marked(Marks(r), r.Type) with { MayBeOther = r.MayBeOther })]);
            }

            var result = Value(_summary.Return);
            result = IsBareNull(result) ? result.Typed(_method.ReturnType) : result;
            return _run._now is null ? result : result.WithMarks(TaintMarks.Step(result.Marks, _run.Place(_site.Span), new StepWords($"{_site.Name} 返回", _run._book.Scarce.Of(_method.Owner)))).Typed(BoundOf(result.Type) ?? result.Type ?? _method.ReturnType ?? Held()?.Name)
                .Holding(_run._program.ElementOf(_method.Syntax.Returns, _method.Owner) ?? Held()?.Element);
        }

        /// <summary>What a variable of a type that the method returns stands for, where nothing more is known of what it returns than the bound of the variable.</summary>
        private string? BoundOf(string? type) =>
            _method.Owner.Syntax.TypeParameters.Length > 0 && type == _method.ReturnType && _run._program.Arguments.NameOf(_method.Syntax.Returns, _method.Owner, _run._program.Find(_site.Receiver?.Type)) is { } name && name != type ? name : null;

        /// <summary>What the receiver holds, where the method returns something of just that type.</summary>
        private ElementType? Held() =>
            _method.Owner.Syntax.TypeParameters is [.., var last] && _method.Syntax.Returns is JavaNamedType { Outer: null } named && named.Name == last.Name ? _site.Receiver?.Element : null;

        /// <summary>To the call and on in what is called.</summary>
        private TaintStep? Way(TaintStep? before, TaintStep? after)
        {
            if (before is null && after is null)
            {
                return _there ??= TaintStep.Add(null, Here);
            }

            if (!_ways.TryGetValue((before, after), out var way))
            {
                _ways[(before, after)] = way = after is null ? TaintStep.Add(before, Here) : TaintStep.Concat(Way(before, null), after);
            }

            return way;
        }

        private StepEvent Here => _handed ??= new StepEvent(_run.Place(_site.Span), new StepWords($"传给 {_site.Name}", _run._book.Scarce.Of(_method.Owner)));

        /// <summary>Value of an input at this call.</summary>
        private FlowValue Given(InputOrigin origin)
        {
            if (_inputs.TryGetValue(origin, out var known))
            {
                return known;
            }

            FlowValue value;
            if (origin.Path.Length > 0)
            {
                var cut = origin.Path.LastIndexOf(Separator);
                value = _run.ReadGiven(Given(new InputOrigin(origin.Index, origin.Path[..cut])), origin.Path[(cut + 1)..], _site);
            }
            else
            {
                value = origin.Index == 0 ? _site.Receiver ?? FlowValue.Unknown : Argument(origin.Index - 1);
            }

            return _inputs[origin] = value;
        }

        private FlowValue Argument(int index)
        {
            var last = _method.Syntax.Parameters.Length - 1;
            if (_method.Syntax.Parameters is not [.., { IsVariable: true }] || index < last || (_site.Arguments.Count == last + 1 && _site.Arguments[last].Type?.EndsWith(']') != false))
            {
                return index < _site.Arguments.Count ? _site.Arguments[index] : FlowValue.Unknown;
            }

            var one = FlowObject.New(_method.ParameterTypes[index], Math.Max(0, _site.Arguments.Count - last));
            for (var i = last; i < _site.Arguments.Count; i++)
            {
                one = one.With(PartOf((long)(i - last)), _site.Arguments[i]);
            }

            return _run.Allocate(_site.Node, one, within: VariableArguments);
        }

        private TaintMark[] Marks(FlowValue value)
        {
            if (value.Marks.Length == 0)
            {
                return TaintMarks.None;
            }

            // Reading what was given may call others, who collect too.
            foreach (var mark in value.Marks)
            {
                if (mark.Origin is InputOrigin input)
                {
                    Given(input);
                }
            }

            var made = _run._handedOver;
            foreach (var mark in value.Marks)
            {
                if (mark.Origin is not InputOrigin input)
                {
                    made.Add([mark]);
                    continue;
                }

                var given = Given(input);
                var isItself = Array.Exists(value.Objects, o => _summary.Objects.TryGetValue(o, out var one) ? input.Equals(one.Input) : IsInput(o, input));
                var isFirst = made.IsEmpty;
                foreach (var one in isItself ? given.Marks : _run.Deep(given))
                {
                    if (isFirst || made.Wants(one.Origin, mark.CleanedBehind(one), one.Soiled | mark.Soiled))
                    {
                        var behind = mark.Behind(one, Way(one.Way, mark.Way));
                        if (isFirst)
                        {
                            made.Append(behind);
                        }
                        else
                        {
                            made.Put(behind);
                        }
                    }
                }
            }

            return made.Take();
        }

        /// <summary>An object that is not among those that changed is an input as it was given.</summary>
        private bool IsInput(int number, InputOrigin origin) => !_summary.Objects.ContainsKey(number) && _summary.Inputs.TryGetValue(number, out var known) && known.Equals(origin);

        private FlowValue Value(FlowValue value)
        {
            if (value.Marks is [{ Origin: InputOrigin only, Cleaned: 0, Soiled: 0 }] && value.Objects is [var number] && (_summary.Objects.TryGetValue(number, out var one) ? only.Equals(one.Input) : IsInput(number, only)))
            {
                return Given(only);
            }

            if (value is { Marks.Length: 0, Objects.Length: 0, Code: null })
            {
                return value;
            }

            var numbers = NumbersOf(value.Objects);
            var marks = _homeless is null ? Marks(value) : TaintMarks.Union(Marks(value), Hanging(value, []));
            return new FlowValue(marks, value.Constant, value.Type, numbers, value.Code?.Moved(Value)) { Element = value.Element, Start = value.Start, MayBeOther = value.MayBeOther || Array.Exists(value.Objects, IsOther) };
        }

        /// <summary>What the caller gave there is no object that is known, or has no room.</summary>
        private bool IsOther(int number) => (_summary.Objects.TryGetValue(number, out var one) ? one.Input : _summary.Inputs.GetValueOrDefault(number)) is { } origin
            ? Given(origin) is { MayBeOther: true } or { Objects.Length: 0, Constant: not JavaNull }
            : _homeless?.Contains(number) == true;

        /// <summary>What hangs on objects the method that calls has no room for.</summary>
        private TaintMark[] Hanging(FlowValue value, HashSet<int> seen) => value.Objects.Where(o => _homeless!.Contains(o) && seen.Add(o))
            .SelectMany(o => _summary.Objects[o].Parts.Values).Aggregate(TaintMarks.None, (all, p) => TaintMarks.Union(TaintMarks.Union(all, Marks(p)), Hanging(p, seen)));

        private int[] NumbersOf(int[] numbers)
        {
            if (numbers.Length < 2)
            {
                return numbers.Length == 0 ? numbers : Numbers(numbers[0]);
            }

            var all = new List<int>();
            foreach (var number in numbers)
            {
                foreach (var one in Numbers(number))
                {
                    if (!all.Contains(one))
                    {
                        all.Add(one);
                    }
                }
            }

            return [.. all];
        }

        private int[] Numbers(int number)
        {
            _objects ??= [];
            if (_objects.TryGetValue(number, out var known))
            {
                return known;
            }

            if (_summary.Objects.TryGetValue(number, out var one) && one.Input is null)
            {
                var made = _run.Allocate(_site.Node, FlowObject.New(one.Type), _method, number);
                _objects[number] = made.Objects;
                if (made.Objects.Length == 0)
                {
                    _homeless ??= [];
                    _homeless.Add(number);
                    return [];
                }

                var parts = new Dictionary<string, FlowValue>(one.Parts.Count, StringComparer.Ordinal);
                foreach (var (part, value) in one.Parts)
                {
                    parts[part] = Value(value);
                }

                _run._now?.Put(made.Objects[0], one with { Parts = parts });
                return made.Objects;
            }

            var input = one?.Input ?? _summary.Inputs.GetValueOrDefault(number);
            return _objects[number] = input is null ? [] : Given(input).Objects;
        }

        private void Change(FlowObject one)
        {
            var given = Given(one.Input!);
            foreach (var (part, value) in one.Parts)
            {
                _run.Write(given, part, Value(value), Syntax(one.Input!));
            }
        }

        private JavaExpression? Syntax(InputOrigin origin) =>
            origin.Path.Length > 0 ? null : origin.Index == 0 ? _site.ReceiverSyntax : !_site.Syntax.IsDefault && origin.Index - 1 < _site.Syntax.Length ? _site.Syntax[origin.Index - 1] : null;
    }
}
