using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls of methods of the tree, by their summaries.</summary>
internal sealed partial class MethodRun
{
    private readonly HashSet<JavaNode> _counted = new(ReferenceEqualityComparer.Instance);

    private void Count(CallSite site, bool isKnown)
    {
        if (_context.Key.Length == 0 && _counted.Add(site.Node))
        {
            _book.Calls++;
            _book.KnownCalls += isKnown ? 1 : 0;
        }
    }

    /// <returns>Null where no method is among them.</returns>
    private FlowValue? CallProgram(List<ProgramMethod> methods, CallSite site)
    {
        if (methods.Count == 0)
        {
            return null;
        }

        Count(site, true);
        FlowValue? result = null;
        var handed = site.Arguments.Any(a => a.Code is not null) ? Handed(site) : TaintMarks.None;
        var bodies = methods.Exists(m => m.Syntax.Body is not null) ? methods.FindAll(m => m.Syntax.Body is not null) : methods;
        foreach (var method in methods.Where(m => m.Syntax.Body is null))
        {
            // Beside what stands in for it in the tree, the other service itself may answer.
            result = _book.Entries.AnswerOf(method) is { } answer && !ReferenceEquals(bodies, methods) ? Answered(method, answer, site) : result;
        }

        foreach (var method in bodies)
        {
            var one = method.Syntax.Body is null ? WithoutBody(method, site) : new SummaryUse(this, method, site).Apply();
            result = result is null ? one : FlowValue.Join(result, one);
        }

        result = OfProject(bodies, site, result!);
        return handed.Length == 0 ? result : result with { Marks = TaintMarks.Union(result.Marks, handed) };
    }

    /// <summary>Nobody in the tree says what it does: what goes in may come out.</summary>
    private FlowValue WithoutBody(ProgramMethod method, CallSite site)
    {
        ReachStatements(method, site);
        if (_book.Entries.AnswerOf(method) is { } answer)
        {
            return Answered(method, answer, site);
        }

        if (_apis.IsInert(method.ReturnType) || method.ReturnType == "void" || _book.Mappers.Has(method, site.Receiver?.Type))
        {
            return FlowValue.OfType(method.ReturnType);
        }

        return Mapped(method, site) ?? Narrow(FlowValue.Marked(AllMarks(site)), method.ReturnType);
    }

    /// <summary>Methods that MapStruct writes: parts of the same name, where nobody says that some have another.</summary>
    private FlowValue? Mapped(ProgramMethod method, CallSite site)
    {
        if (_program.Find(method.ReturnType) is null || method.Syntax.Annotations.Length > 0 || !method.Owner.Unit.Imports.Any(i => i.Name.StartsWith("org.mapstruct", StringComparison.Ordinal)))
        {
            return null;
        }

        var made = Allocate(site.Node, FlowObject.New(method.ReturnType));
        foreach (var argument in site.Arguments)
        {
            Fill(made, argument, null);
        }

        return made;
    }

    private FlowValue Answered(ProgramMethod method, CodeAnswer answer, CallSite site) => _apis.IsInert(method.ReturnType) || method.ReturnType == "void"
        ? FlowValue.OfType(method.ReturnType)
        : FlowValue.Marked([new ForeignOrigin(Place(site.Span), $"{answer.Kind} {site.Name}", answer.Trust).Mark()], method.ReturnType);

    private TaintMark[] AllMarks(CallSite site)
    {
        var marks = site.Receiver is null ? TaintMarks.None : Deep(site.Receiver);
        foreach (var argument in site.Arguments)
        {
            marks = TaintMarks.Union(marks, Deep(argument));
        }

        return marks;
    }

    /// <summary>Turns what a summary says of inputs into what it means at one call.</summary>
    private sealed class SummaryUse
    {
        private readonly MethodRun _run;
        private readonly ProgramMethod _method;
        private readonly CallSite _site;
        private readonly Dictionary<int, int[]> _objects = [];
        private readonly Dictionary<InputOrigin, FlowValue> _inputs = [];
        private readonly HashSet<int> _homeless = [];
        private MethodSummary _summary = MethodSummary.Nothing;

        public SummaryUse(MethodRun run, ProgramMethod method, CallSite site) => (_run, _method, _site) = (run, method, site);

        public FlowValue Apply()
        {
            _summary = _run._book.Of(_method, CallContext.Of(_site.Arguments));
            foreach (var hit in _summary.Hits)
            {
                TellHit(hit);
            }

            foreach (var shared in _summary.Shares)
            {
                var marks = _run.Deep(Given((InputOrigin)shared.Mark.Origin));
                _run.Share(shared.Field, Array.ConvertAll(marks, m => new TaintMark(m.Origin, m.Cleaned | shared.Mark.Cleaned, TaintStep.Concat(TaintStep.Add(m.Way, _run.Place(_site.Span), $"传给 {_site.Name}"), shared.Mark.Way))));
            }

            foreach (var one in _summary.Objects.Values)
            {
                if (one.Input is not null)
                {
                    Change(one);
                }
            }

            if (_summary.Raised is { Marks.Length: > 0 } raised)
            {
                _run.Raise(FlowValue.Marked(Marks(raised), raised.Type));
            }

            var result = Value(_summary.Return);
            Clean(_summary.WhenBack);
            return _run._now is null ? result : result.WithMarks(TaintMarks.Step(result.Marks, _run.Place(_site.Span), $"{_site.Name} 返回")).Typed(result.Type ?? _method.ReturnType);
        }

        private void TellHit(SinkHit hit)
        {
            var marks = _run.Deep(Given(hit.Origin));
            foreach (var mark in marks)
            {
                var step = TaintStep.Concat(TaintStep.Add(mark.Way, _run.Place(_site.Span), $"传给 {_site.Name}"), hit.Way);
                _run.Reach(hit.Weakness, hit.Site, [new TaintMark(mark.Origin, mark.Cleaned, step)], "到达");
            }
        }

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
            if (_method.Syntax.Parameters is not [.., { IsVariable: true }] || index < _method.Syntax.Parameters.Length - 1 || _site.Arguments.Count == _method.Syntax.Parameters.Length)
            {
                return index < _site.Arguments.Count ? _site.Arguments[index] : FlowValue.Unknown;
            }

            return FlowValue.Marked([.. _site.Arguments.Skip(index).SelectMany(_run.Deep)]);
        }

        private TaintMark[] Marks(FlowValue value)
        {
            var made = TaintMarks.None;
            foreach (var mark in value.Marks)
            {
                if (mark.Origin is not InputOrigin input)
                {
                    made = TaintMarks.Union(made, [mark]);
                    continue;
                }

                var given = Given(input);
                var isItself = Array.Exists(value.Objects, o => _summary.Objects.TryGetValue(o, out var one) ? input.Equals(one.Input) : IsInput(o, input));
                var marks = isItself ? given.Marks : _run.Deep(given);
                made = TaintMarks.Union(made, Array.ConvertAll(marks, m => new TaintMark(m.Origin, m.Cleaned | mark.Cleaned, TaintStep.Concat(TaintStep.Add(m.Way, _run.Place(_site.Span), $"传给 {_site.Name}"), mark.Way))));
            }

            return made;
        }

        /// <summary>An object that is not among those that changed is an input as it was given.</summary>
        private bool IsInput(int number, InputOrigin origin) => !_summary.Objects.ContainsKey(number) && _summary.Inputs.TryGetValue(number, out var known) && known.Equals(origin);

        private FlowValue Value(FlowValue value)
        {
            if (value.Marks is [{ Origin: InputOrigin only, Cleaned: 0 }] && value.Objects is [var number] && (_summary.Objects.TryGetValue(number, out var one) ? only.Equals(one.Input) : IsInput(number, only)))
            {
                return Given(only);
            }

            int[] numbers = [.. value.Objects.SelectMany(Numbers).Distinct()];
            return new FlowValue(TaintMarks.Union(Marks(value), Array.TrueForAll(value.Objects, o => !_homeless.Contains(o)) ? TaintMarks.None : Hanging(value, [])), value.Constant, value.Type, numbers, value.Code?.Moved(Value));
        }

        /// <summary>What hangs on objects the method that calls has no room for.</summary>
        private TaintMark[] Hanging(FlowValue value, HashSet<int> seen) => value.Objects.Where(o => _homeless.Contains(o) && seen.Add(o))
            .SelectMany(o => _summary.Objects[o].Parts.Values).Aggregate(TaintMarks.None, (all, p) => TaintMarks.Union(TaintMarks.Union(all, Marks(p)), Hanging(p, seen)));

        private int[] Numbers(int number)
        {
            if (_objects.TryGetValue(number, out var known))
            {
                return known;
            }

            if (_summary.Objects.TryGetValue(number, out var one) && one.Input is null)
            {
                var made = _run.Allocate(_site.Node, FlowObject.New(one.Type), number + (_method.Syntax.Span.Start << 12));
                _objects[number] = made.Objects;
                if (made.Objects.Length == 0)
                {
                    _homeless.Add(number);
                    return [];
                }

                var parts = one.Parts.ToDictionary(p => p.Key, p => Value(p.Value), StringComparer.Ordinal);
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

        private void Clean(ulong[] cleaned)
        {
            for (var i = 1; i < cleaned.Length; i++)
            {
                if (cleaned[i] != 0 && !_site.Syntax.IsDefault && i - 1 < _site.Syntax.Length)
                {
                    _run.CleanPlace(_site.Syntax[i - 1], cleaned[i]);
                }
            }
        }
    }
}
