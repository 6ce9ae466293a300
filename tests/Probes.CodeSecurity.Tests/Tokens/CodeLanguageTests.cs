namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class CodeLanguageTests
{
    [Theory]
    [InlineData(SourceLanguage.Java, "Cipher.getInstance(\"SM4/ECB\"); // 注释", "w:Cipher s:. w:getInstance s:( t:\"SM4/ECB\" s:) s:; c:// 注释")]
    [InlineData(SourceLanguage.Java, "a->b::c /* x\ny */ 0x1F_FFL 1.5e-3f 1..2 '\\'' '\"'", "w:a s:-> w:b s::: w:c c:/* x\ny */ n:0x1F_FFL n:1.5e-3f n:1 s:.. n:2 t:'\\'' t:'\"'")]
    [InlineData(SourceLanguage.Java, "x = \"\"\"\n  a \"b\" \\\"\"\" c\n  \"\"\"; y", "w:x s:= t:\"\"\"\n  a \"b\" \\\"\"\" c\n  \"\"\" s:; w:y")]
    [InlineData(SourceLanguage.Java, "s = \"open\nint i;", "w:s s:= t:\"open w:int w:i s:;")]
    [InlineData(SourceLanguage.Java, "// \\u000a evil();\nok", "c:// \\u000a w:evil s:( s:) s:; w:ok")]
    [InlineData(SourceLanguage.Java, "/* *\\u002f evil /* x */", "c:/* *\\u002f w:evil c:/* x */")]
    [InlineData(SourceLanguage.Java, "/* \\u002a/ evil /* x */", "c:/* \\u002a/ w:evil c:/* x */")]
    [InlineData(SourceLanguage.Java, "/*\\u002a\\uu002F evil /* \\u002f \\\\u002a/ */", "c:/*\\u002a\\uu002F w:evil c:/* \\u002f \\\\u002a/ */")]
    [InlineData(SourceLanguage.Java, "// \\\\u000a evil", "c:// \\\\u000a evil")]
    [InlineData(SourceLanguage.Java, "Map<String,List<X>> m", "w:Map s:< w:String s:, w:List s:< w:X s:> s:> w:m")]
    [InlineData(SourceLanguage.Kotlin, "/* a /* b */ c */ val k = \"x$name-${f(\"}\")}!\"", "c:/* a /* b */ c */ w:val w:k s:= t:\"x s:$ w:name t:- s:${ w:f s:( t:\"}\" s:) s:} t:!\"")]
    [InlineData(SourceLanguage.Kotlin, "\"\"\"a\\\"\"\"\" b", "t:\"\"\"a\\\"\"\"\" w:b")]
    [InlineData(SourceLanguage.CSharp, "@\"c:\\\" + @\"a\"\"b\" + 'x'", "t:@\"c:\\\" s:+ t:@\"a\"\"b\" s:+ t:'x'")]
    [InlineData(SourceLanguage.CSharp, "$\"{{a}} {b.C(\"}\"):yyyy'T'} z\" + $@\"\\{x}\\\"", "t:$\"{{a}}  s:{ w:b s:. w:C s:( t:\"}\" s:) s:: t:yyyy'T' s:} t: z\" s:+ t:$@\"\\ s:{ w:x s:} t:\\\"")]
    [InlineData(SourceLanguage.CSharp, "\"\"\"\" a \"\"\" b \"\"\"\" + $$\"\"\"{a} {{b}}\"\"\" + @class", "t:\"\"\"\" a \"\"\" b \"\"\"\" s:+ t:$$\"\"\"{a}  s:{{ w:b s:}} t:\"\"\" s:+ w:class")]
    [InlineData(SourceLanguage.JavaScript, "`a ${b ? `c${d}` : '}'} e` + x", "t:`a  s:${ w:b s:? t:`c s:${ w:d s:} t:` s:: t:'}' s:} t: e` s:+ w:x")]
    [InlineData(SourceLanguage.JavaScript, "a = b / c / d; e = /[/\"]'\\//g.test(f); return /x/", "w:a s:= w:b s:/ w:c s:/ w:d s:; w:e s:= t:/[/\"]'\\//g s:. w:test s:( w:f s:) s:; w:return t:/x/")]
    [InlineData(SourceLanguage.JavaScript, "// a\u2028b()", "c:// a w:b s:( s:)")]
    [InlineData(SourceLanguage.TypeScript, "let k: string = 'a\\\nb'; c?.d ?? e === f", "w:let w:k s:: w:string s:= t:'a\\\nb' s:; w:c s:?. w:d s:?? w:e s:=== w:f")]
    [InlineData(SourceLanguage.Python, "x = rb'\\d' + f\"{y!r:>{w}} {{}}\" # c", "w:x s:= t:rb'\\d' s:+ t:f\" s:{ w:y s:! w:r s:: t:>{w} s:} t: {{}}\" c:# c")]
    [InlineData(SourceLanguage.Python, "'''doc \"x\" '' ''' \"\"\"a\nb\"\"\" u'z' if''", "t:'''doc \"x\" '' ''' t:\"\"\"a\nb\"\"\" t:u'z' w:if t:''")]
    [InlineData(SourceLanguage.Go, "k := `raw \\` + \"a\\\"b\" // c\nch <- '\\''", "w:k s::= t:`raw \\` s:+ t:\"a\\\"b\" c:// c w:ch s:<- t:'\\''")]
    [InlineData(SourceLanguage.C, "#include <openssl/md5.h>\n// a \\\n still\nL\"w\" 'x'", "s:# w:include s:< w:openssl s:/ w:md5 s:. w:h s:> c:// a \\\n still t:L\"w\" t:'x'")]
    [InlineData(SourceLanguage.Cpp, "auto s = R\"x(a)\" \" )x\"; 1'000'000 'c'", "w:auto w:s s:= t:R\"x(a)\" \" )x\" s:; n:1'000'000 t:'c'")]
    [InlineData(SourceLanguage.Json, "{\"a\": [1, true, \"x\"]}", "s:{ t:\"a\" s:: s:[ n:1 s:, w:true s:, t:\"x\" s:] s:}")]
    [InlineData(SourceLanguage.Sql, "SELECT 'it''s' -- c\nFROM \"T\"", "w:SELECT t:'it''s' c:-- c w:FROM t:\"T\"")]
    [InlineData(SourceLanguage.Gradle, "implementation \"g:a:$v\" // c", "w:implementation t:\"g:a: s:$ w:v t:\" c:// c")]
    [InlineData(SourceLanguage.JavaScript, "if (a(1)) /`/.test(b); c", "w:if s:( w:a s:( n:1 s:) s:) t:/`/ s:. w:test s:( w:b s:) s:; w:c")]
    [InlineData(SourceLanguage.JavaScript, "f() { x }\n/`/.test(b); (a) / b / c", "w:f s:( s:) s:{ w:x s:} t:/`/ s:. w:test s:( w:b s:) s:; s:( w:a s:) s:/ w:b s:/ w:c")]
    [InlineData(SourceLanguage.JavaScript, "`${{a: 1} / 2 / 3}` + x.if(a) / 2 / 3", "t:` s:${ s:{ w:a s:: n:1 s:} s:/ n:2 s:/ n:3 s:} t:` s:+ w:x s:. w:if s:( w:a s:) s:/ n:2 s:/ n:3")]
    [InlineData(SourceLanguage.JavaScript, "<b a={x}/> </b>{f('md5')}</i>", "s:< w:b w:a s:= s:{ w:x s:} s:/ s:> s:< s:/ w:b s:> s:{ w:f s:( t:'md5' s:) s:} s:< s:/ w:i s:>")]
    [InlineData(SourceLanguage.JavaScript, "<p>don't {f('md5')} http://x {g}</p>; return'x'", "s:< w:p s:> w:don s:' w:t s:{ w:f s:( t:'md5' s:) s:} w:http s:: s:/ s:/ w:x s:{ w:g s:} s:< s:/ w:p s:> s:; w:return t:'x'")]
    [InlineData(SourceLanguage.JavaScript, "a = ++/`/.lastIndex; x.#if(a) / b / c; for await (d of e) /`/.test(f)", "w:a s:= s:++ t:/`/ s:. w:lastIndex s:; w:x s:. s:# w:if s:( w:a s:) s:/ w:b s:/ w:c s:; w:for w:await s:( w:d w:of w:e s:) t:/`/ s:. w:test s:( w:f s:)")]
    [InlineData(SourceLanguage.Python, "DES\\\n.new(a) + \\\n b; DES.\\\n new", "w:DES s:. w:new s:( w:a s:) s:+ s:\\ w:b s:; w:DES s:. w:new")]
    public void Code_is_taken_apart(SourceLanguage language, string text, string expected) => Assert.Equal(expected, Pieces.Short(language, text));

    [Fact]
    public void Lines_are_counted_over_literals_comments_and_lone_returns()
    {
        var source = Pieces.Of(SourceLanguage.Java, "a\r\nb /* \r\n */ c\r d \"\"\"\n\n\"\"\" e");
        Assert.Equal([1, 2, 2, 3, 4, 4, 6], source.Tokens.Select(t => t.Line));
    }

    [Theory]
    [InlineData(SourceLanguage.JavaScript, "a();\nx = `b\nc('md5')", 2)]
    [InlineData(SourceLanguage.JavaScript, "<p>use ` here\n{f('md5')}</p>\n<p>use ` there</p>", 1)]
    [InlineData(SourceLanguage.JavaScript, "`a${b", 1)]
    [InlineData(SourceLanguage.JavaScript, "a;\nhttps:// `\nmd5(p) // `", 2)]
    [InlineData(SourceLanguage.JavaScript, "https:// /*\nmd5(p) // */", 1)]
    [InlineData(SourceLanguage.JavaScript, "https:// '\\\nmd5(p) // '", 1)]
    [InlineData(SourceLanguage.JavaScript, "a > /`/; md5(p); // `", 1)]
    [InlineData(SourceLanguage.JavaScript, "a < /'/; md5(p); // '", 1)]
    [InlineData(SourceLanguage.JavaScript, "a </b>`/; md5(p); // `", 1)]
    [InlineData(SourceLanguage.JavaScript, "a > /x// md5(p)", 1)]
    [InlineData(SourceLanguage.JavaScript, "switch (a) { case 1: { b }\n/`/.test(c); md5(p) /* ` */ }", 2)]
    [InlineData(SourceLanguage.JavaScript, "x = function () {} / md5(p) / 2", 1)]
    [InlineData(SourceLanguage.JavaScript, "class A { static'/*'(){}\n b() { md5(p) }\n static'*/'(){} }", 1)]
    [InlineData(SourceLanguage.TypeScript, "class A { public'\"'(){} b() { md5(p) } get'\"'(){} }", 1)]
    [InlineData(SourceLanguage.Java, "a;\n/* b\nc", 2)]
    [InlineData(SourceLanguage.Java, "a /*/", 1)]
    [InlineData(SourceLanguage.Java, "s = \"\"\"\n a", 1)]
    [InlineData(SourceLanguage.Kotlin, "/* /* */", 1)]
    [InlineData(SourceLanguage.Kotlin, "\"\"\" a", 1)]
    [InlineData(SourceLanguage.CSharp, "@\"a", 1)]
    [InlineData(SourceLanguage.CSharp, "\"\"\" a", 1)]
    [InlineData(SourceLanguage.Python, "\n'''a", 2)]
    [InlineData(SourceLanguage.Go, "`a", 1)]
    [InlineData(SourceLanguage.Cpp, "R\"x(a)\"", 1)]
    [InlineData(SourceLanguage.C, "/* a *\\\n/ f(); /* */", 1)]
    [InlineData(SourceLanguage.C, "EVP_des_\\\ncbc()", 1)]
    [InlineData(SourceLanguage.Php, "<?php $a = 'b", 1)]
    [InlineData(SourceLanguage.Html, "<p>\n<!-- a", 2)]
    [InlineData(SourceLanguage.Html, "<script>/* a</script><script>b</script>", 1)]
    [InlineData(SourceLanguage.Jsp, "<%-- a", 1)]
    public void What_is_left_open_is_told(SourceLanguage language, string text, int line) => Assert.Equal(line, Pieces.Of(language, text).Doubt?.Line);

    [Theory]
    [InlineData(SourceLanguage.JavaScript, "a`b\nc`; return `d\ne`; styled.div`\nx\n`; /* f */")]
    [InlineData(SourceLanguage.JavaScript, "x = <b a={y} c='d'/>; <p><b></b> {/* e */}{`f${g}`} <i>h</i> don't http://i/j 'k'</p>")]
    [InlineData(SourceLanguage.JavaScript, "i++ / 2; // it's\n(a) / b / '/'; if (c) {}\n/d'/.test(e); class A { static 'f'() {} } // `")]
    [InlineData(SourceLanguage.Java, "/* a */ \"\"\"\n b\"\"\" /**/")]
    [InlineData(SourceLanguage.C, "#define A(b) \\\n  f(b) \\\n  g(b)\n/* c */")]
    [InlineData(SourceLanguage.Php, "<?php $a = 'b\nc'; /* d */")]
    [InlineData(SourceLanguage.Php, "<?php $a = <<<EOT\nit's \"{$b}\" $c[0]\n\nEOT;\n$d = <<<'X'\n{$e \" '\n  X . 'f';\n")]
    [InlineData(SourceLanguage.Html, "<p a=\"b\">it's <!-- c --><style>/* d</style>")]
    public void What_is_closed_leaves_no_doubt(SourceLanguage language, string text) => Assert.Null(Pieces.Of(language, text).Doubt);

    [Fact]
    public void Brackets_beyond_those_remembered_leave_a_doubt()
    {
        Assert.Null(Pieces.Of(SourceLanguage.JavaScript, new string('(', 4000) + new string(')', 4000)).Doubt);
        Assert.NotNull(Pieces.Of(SourceLanguage.JavaScript, new string('(', 5000) + new string(')', 5000)).Doubt);
    }
}
