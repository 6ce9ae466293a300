namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class MarkupAndConfigTests
{
    [Theory]
    [InlineData(SourceLanguage.Xml, "<?xml version=\"1.0\"?><a:b c='d &lt;'>\n  t &amp; u\n</a:b><!-- x --><![CDATA[<y>]]>", "s:<? w:xml w:version s:= t:\"1.0\" s:?> s:< w:a:b w:c s:= t:'d &lt;' s:> t:t &amp; u s:</ w:a:b s:> c:<!-- x --> s:<![CDATA[ t:<y> s:]]>")]
    [InlineData(SourceLanguage.Html, "<p a=b c>it's</p><script>var s = '<b>'; // </p>\n</script>z", "s:< w:p w:a s:= t:b w:c s:> t:it's s:</ w:p s:> s:< w:script s:> w:var w:s s:= t:'<b>' s:; c:// </p> s:</ w:script s:> t:z")]
    [InlineData(SourceLanguage.Html, "<script type=\"text/template\"><i>x</i></script>", "s:< w:script w:type s:= t:\"text/template\" s:> s:< w:i s:> t:x s:</ w:i s:> s:</ w:script s:>")]
    [InlineData(SourceLanguage.Vue, "<a @click=\"f\">x {{ g('h') }} y</a>\n<script setup lang=\"ts\">let k = `a${b}`</script>\n<style>.a { c: 'd' } /* e */</style>", "s:< w:a w:@click s:= t:\"f\" s:> t:x s:{{ w:g s:( t:'h' s:) s:}} t:y s:</ w:a s:> s:< w:script w:setup w:lang s:= t:\"ts\" s:> w:let w:k s:= t:`a s:${ w:b s:} t:` s:</ w:script s:> s:< w:style s:> s:. w:a s:{ w:c s:: t:'d' s:} c:/* e */ s:</ w:style s:>")]
    [InlineData(SourceLanguage.Jsp, "<%@ page import=\"a\" %><%-- c --%><b x=\"1<%= f(\"q\") %>2\"/><script>var s='<%=v%>';</script>", "s:<%@ w:page w:import s:= t:\"a\" s:%> c:<%-- c --%> s:< w:b w:x s:= t:\"1 s:<%= w:f s:( t:\"q\" s:) s:%> t:2\" s:/> s:< w:script s:> w:var w:s s:= t:' s:<%= w:v s:%> t:' s:; s:</ w:script s:>")]
    [InlineData(SourceLanguage.Php, "<b><?php $a = md5('it\\'s'); // c ?>x<?= \"$a->b {$c}\" ?>", "s:< w:b s:> s:<?php w:$a s:= w:md5 s:( t:'it\\'s' s:) s:; c:// c  s:?> t:x s:<?= t:\" w:$a t:->b  s:{ w:$c s:} t:\" s:?>")]
    [InlineData(SourceLanguage.Php, "<?php $a = <<<'EOT'\n x ' \" y\n  EOT . 'z'; #[Attr]\n# c\n", "s:<?php w:$a s:= s:<<< w:'EOT' t: x ' \" y w:EOT s:. t:'z' s:; s:# s:[ w:Attr s:] c:# c")]
    [InlineData(SourceLanguage.Php, "<?php $a = <<<X\nno end 'b'", "s:<?php w:$a s:= s:<< s:< w:X w:no w:end t:'b'")]
    [InlineData(SourceLanguage.Yaml, "spring:\n  data-source.password: abc#1 # c\n  port: 8080\n  ssl: false\n  q: \"a\\\"b\": 'c''d'", "w:spring s:: w:data-source.password s:: t:abc#1 c:# c w:port s:: n:8080 w:ssl s:: w:false w:q s:: t:\"a\\\"b\" s:: t:'c''d'")]
    [InlineData(SourceLanguage.Yaml, "- key: |\n    -----BEGIN\n\n    x: y\n  next: >-\n    fold\n- [a, {b: c}]\n- http://x:1/y", "s:- w:key s:: s:| t:    -----BEGIN\n\n    x: y w:next s:: s:> t:    fold s:- s:[ t:a s:, s:{ w:b s:: t:c s:} s:] s:- t:http://x:1/y")]
    [InlineData(SourceLanguage.Properties, "# c\n a.b-c = d = e \\\n   f\nk:v\n! x\n[s]\nw", "c:# c w:a.b-c s:= t:d = e \\\n   f w:k s:: t:v c:! x s:[ w:s s:] w:w")]
    [InlineData(SourceLanguage.Toml, "[a.b]\nk-1 = \"x\" # c\nl = ['y', 2]", "s:[ w:a.b s:] w:k-1 s:= t:\"x\" c:# c w:l s:= s:[ t:'y' s:, n:2 s:]")]
    [InlineData(SourceLanguage.Shell, "A=b#c; openssl enc -aes-128-ecb -K \"$K\" --x=y 12 # z", "w:A s:= t:b#c s:; w:openssl w:enc w:-aes-128-ecb w:-K t:\" w:$K t:\" w:--x s:= t:y n:12 c:# z")]
    [InlineData(SourceLanguage.Shell, "cat <<EOF > f\nit's $x\nEOF\necho 'a", "w:cat s:<< w:EOF s:> w:f t:it's  w:$x w:EOF w:echo t:'a")]
    [InlineData(SourceLanguage.Shell, "x=\"$(f \"a)\" `g`)\" $((1<<y))", "w:x s:= t:\" s:$( w:f t:\"a)\" s:` w:g s:` s:) t:\" s:$( s:( n:1 s:<< w:y s:) s:)")]
    [InlineData(SourceLanguage.Dockerfile, "ENV DB_PASSWORD=s3cret A b\nRUN x \\\n  && y", "w:ENV w:DB_PASSWORD s:= t:s3cret w:A w:b w:RUN w:x s:&& w:y")]
    [InlineData(SourceLanguage.Nginx, "ssl_protocols TLSv1 TLSv1.2; # c\nadd_header A \"b; c\";", "w:ssl_protocols w:TLSv1 w:TLSv1.2 s:; c:# c w:add_header w:A t:\"b; c\" s:;")]
    public void Markup_and_configuration_are_taken_apart(SourceLanguage language, string text, string expected) => Assert.Equal(expected, Pieces.Short(language, text));

    [Theory]
    [InlineData(SourceLanguage.Php, "md5($x)", "w:md5 s:( w:$x s:)")]
    [InlineData(SourceLanguage.Vue, "sm4.encrypt('a')", "w:sm4 s:. w:encrypt s:( t:'a' s:)")]
    [InlineData(SourceLanguage.Jsp, "f(\"a\")", "w:f s:( t:\"a\" s:)")]
    public void Pieces_of_code_stand_without_their_page(SourceLanguage language, string text, string expected)
    {
        var source = Tokenizer.TokenizeFragment(Pieces.File(language, text));
        Assert.Equal(expected, string.Join(' ', source.Tokens.Select(t => $"{char.ToLowerInvariant(t.Kind.ToString()[0])}:{source.SpanOf(t)}")));
    }

    [Theory]
    [InlineData(SourceLanguage.Java, "\"a\\\"\\u0041\\n\\101\" + 'x'", "a\"A\nA|x")]
    [InlineData(SourceLanguage.Java, "\"\"\"\n    a\n      b\\\n    c\n    \"\"\"", "a\n  bc\n")]
    [InlineData(SourceLanguage.CSharp, "@\"a\"\"b\\\" + \"\\u{41}\" + \"\"\"\n  x\n  y\n  \"\"\" + \"\"\" \"z\" \"\"\"", "a\"b\\|A|x\ny\n| \"z\" ")]
    [InlineData(SourceLanguage.Python, "r'\\d' + b'\\x41' + '''q'r''' + \"\"", "\\d|A|q'r|")]
    [InlineData(SourceLanguage.Python, "f'a{b}c'", "a|c")]
    [InlineData(SourceLanguage.JavaScript, "`a${b}\"c\"` + '\\'' + /x\\/y/g", "a|\"c\"|'|x\\/y")]
    [InlineData(SourceLanguage.Cpp, "R\"x(a\\n)x\" + u8\"b\"", "a\\n|b")]
    [InlineData(SourceLanguage.Kotlin, "\"\"\"\"a\"\"\"\"", "\"a\"")]
    [InlineData(SourceLanguage.Php, "<?php 'a\\n\\'\\\\' . \"b\\n\" ?>", "a\\n'\\|b\n")]
    [InlineData(SourceLanguage.Sql, "'it''s'", "it's")]
    [InlineData(SourceLanguage.Xml, "<a b=\"&lt;&#x41;\">&amp;c</a>", "<A|&c")]
    [InlineData(SourceLanguage.Yaml, "a: |\n  b\n   c\nd: 'e''f'\ng: h\\n", "b\n c|e'f|h\\n")]
    [InlineData(SourceLanguage.Properties, "a=b\\\n  c\\u0041\\:d", "bcA:d")]
    public void Values_are_what_the_program_sees(SourceLanguage language, string text, string expected) => Assert.Equal(expected, string.Join('|', Pieces.Values(language, text)));

    [Fact]
    public void A_token_made_by_hand_is_read_by_its_quotes()
    {
        var source = new TokenizedSource(Pieces.File(SourceLanguage.Java, "\"a\\tb\" 'c' d"), [new(CodeTokenKind.Text, 0, 6, 1), new(CodeTokenKind.Text, 7, 3, 1), new(CodeTokenKind.Word, 11, 1, 1)]);
        Assert.Equal(["a\tb", "c", "d"], source.Tokens.Select(source.ValueOf));
    }
}
