namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Dangerous places of a callee at one call.</summary>
internal sealed partial class MethodRun
{
    private sealed partial class SummaryUse
    {
        private void TellHit(SinkHit hit)
        {
            if (!ReferenceEquals(_hitOrigin, hit.Origin))
            {
                // Nothing changes between hits, and those of one input stand together.
                var farthest = _run._farthest;
                _run._farthest = hit.Origin.Path.AsSpan().Count(Separator) > DeepestInput ? DeepestNamed : DeepestInput;
                (_hitOrigin, _hitMarks) = (hit.Origin, _run.Deep(Given(hit.Origin)));
                _run._farthest = farthest;
            }

            var vouched = hit.IsSoiled ? TaintMarks.None : Vouched(hit);
            var (marks, filled) = hit.Filled.IsEmpty ? (_hitMarks, InputSet.None) : MarksOf(hit);
            var asked = new AskedInputs(Own(vouched), filled);
            var way = Commanded(hit);
            foreach (var given in marks)
            {
                // What came back into it after the check nobody looked at.
                if (!Array.Exists(vouched, v => v.Origin.Equals(given.Origin) && ((given.Soiled & ~v.Soiled) >> hit.Weakness & 1) == 0))
                {
                    var mark = hit.IsSoiled ? given.Soil(1UL << hit.Weakness | ApiIndex.Signs) : given;
                    _run.Reach(hit.Weakness, hit.Site, [new TaintMark(mark.Origin, mark.Cleaned | (hit.IsDoubted ? ApiIndex.Affirmed : 0), Way(mark.Way, way), mark.Soiled)], "到达", asked);
                }
            }
        }

        /// <summary>Where the list that was given names an interpreter of commands, it is known what runs.</summary>
        private TaintStep? Commanded(SinkHit hit) => hit.Way is { } way && way.Words.Doubt.HasFlag(StepDoubt.UnknownLibrary) && way.What.Contains(UnknownProgram, StringComparison.Ordinal)
            && _run._look.At(Given(new InputOrigin(hit.Origin.Index, string.Empty))).Exists(v => Said(v.Constant) is { } text && IsOfInterpreter(text))
                ? new TaintStep(way.Place, new StepWords($"{way.Words.Name} 使用", way.Words.Doubt & ~StepDoubt.UnknownLibrary, way.Words.Name), way.Before) : hit.Way;

        /// <summary>Without objects that the callee has turned away before it comes to the place.</summary>
        private (TaintMark[] Marks, InputSet Filled) MarksOf(SinkHit hit)
        {
            Dictionary<InputOrigin, FlowValue>? kept = null;
            var filledHere = InputSet.None;
            foreach (var filled in hit.Filled.All)
            {
                if (filled.Index != hit.Origin.Index || filled.Path.LastIndexOf(Separator) != 0)
                {
                    continue;
                }

                var whole = new InputOrigin(filled.Index, string.Empty);
                var given = Given(whole);
                foreach (var own in given.Objects.Select(_run.InputAt).OfType<InputOrigin>())
                {
                    filledHere = filledHere.With(new InputOrigin(own.Index, own.Path + filled.Path));
                }

                if (_run.Filled(given, filled.Path[1..]) is var rest && !ReferenceEquals(rest, given))
                {
                    kept ??= _inputs;
                    _inputs = new Dictionary<InputOrigin, FlowValue> { [whole] = rest };
                }
            }

            if (kept is null)
            {
                return (_hitMarks, filledHere);
            }

            var marks = _run.Deep(Given(hit.Origin));
            _inputs = kept;
            return (marks, filledHere);
        }

        /// <summary>Marks of what the callee has checked before it comes to the place.</summary>
        private TaintMark[] Vouched(SinkHit hit)
        {
            var marks = TaintMarks.None;
            foreach (var input in hit.Checked.All)
            {
                marks = TaintMarks.Union(marks, Given(input).Marks);
            }

            return marks;
        }

        /// <summary>What is the caller's own its callers may know more of.</summary>
        private static InputSet Own(TaintMark[] marks) => marks.Select(m => m.Origin).OfType<InputOrigin>().Aggregate(InputSet.None, static (all, o) => all.With(o));
    }
}
