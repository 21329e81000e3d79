import {Select} from '../ui/field.tsx';
import {useLook, useWords} from '../ui/look.tsx';
import {Menu} from '../ui/menu.tsx';
import {type Language, OFFICE_LANGUAGES, OWN_NAMES} from '../words/catalogue.ts';
import {deskWords} from '../words/desk/index.ts';
import {type Look, THEMES, type Theme} from '../words/look.ts';

interface Props {
  onLook: (part: Partial<Look>) => void;
}

/** Language and colours. */
export function LookFields({onLook}: Props) {
  const say = useWords(deskWords);
  const {language, theme} = useLook();
  const languages = OFFICE_LANGUAGES.map((value) => ({value, label: OWN_NAMES[value]}));
  const themes = THEMES.map((value) => ({value, label: say(`theme_${value}`)}));
  return (
    <>
      <Select
        label={say('language')}
        options={languages}
        value={language}
        onChange={(event) => onLook({language: event.target.value as Language})}
      />
      <Select
        label={say('theme')}
        options={themes}
        value={theme}
        onChange={(event) => onLook({theme: event.target.value as Theme})}
      />
    </>
  );
}

export function LookMenu({onLook}: Props) {
  const say = useWords(deskWords);
  return (
    <Menu label={say('look')}>
      <LookFields onLook={onLook} />
    </Menu>
  );
}
